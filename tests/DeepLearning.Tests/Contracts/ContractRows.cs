namespace DeepLearning.Tests.Contracts;

/// <summary>A contract table as the data of theories: a row's place and its name.</summary>
internal static class ContractRows
{
    public static TheoryData<int, string> Of<TRow>(IReadOnlyList<TRow> rows) where TRow : notnull
    {
        var data = new TheoryData<int, string>();
        for (int i = 0; i < rows.Count; i++) data.Add(i, rows[i].ToString()!);
        return data;
    }
}

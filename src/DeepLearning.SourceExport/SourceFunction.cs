namespace DeepLearning.SourceExport;

/// <summary>A method of the file, with the methods it calls. Only what a model needs is written.</summary>
/// <param name="Text">The method with its summary.</param>
/// <param name="Uses">What it calls.</param>
internal sealed record SourceFunction(string Text, params SourceFunction[] Uses)
{
    /// <summary>All functions that these need, each once; callers before callees.</summary>
    public static IReadOnlyList<SourceFunction> Closure(IReadOnlyList<SourceFunction> functions)
    {
        var all = new List<SourceFunction>();
        for (int i = functions.Count - 1; i >= 0; i--) functions[i].AddTo(all);
        all.Reverse();
        return all;
    }

    /// <summary>Callees first, so that the reverse begins with the callers.</summary>
    private void AddTo(List<SourceFunction> all)
    {
        if (all.Contains(this)) return;
        for (int i = Uses.Length - 1; i >= 0; i--) Uses[i].AddTo(all);
        all.Add(this);
    }
}

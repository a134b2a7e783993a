using Parquet;
using Parquet.Schema;

namespace DeepLearning.Data;

/// <summary>A Parquet file as rows of values. The library reads asynchronously, and the readers of samples wait for it.</summary>
internal sealed class ParquetTable
{
    private readonly string path;

    /// <summary>Reads the names of the columns.</summary>
    public ParquetTable(string path)
    {
        this.path = path;
        if (Directory.Exists(path)) throw new FileNotFoundException($"{path} is a folder; expected a Parquet file.", path);
        Names = Wait(async () =>
        {
            await using ParquetReader reader = await OpenAsync(default).ConfigureAwait(false);
            return reader.Schema.DataFields.Select(f => f.Name).ToArray();
        });
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>The rows, of which only the columns that are asked for have values.</summary>
    public IEnumerable<IReadOnlyList<object?>> Rows(RowColumns columns, CancellationToken cancellation)
    {
        ParquetReader reader = Wait(() => OpenAsync(cancellation));
        try
        {
            DataField[] fields = reader.Schema.DataFields;
            string[] names = [.. fields.Select(f => f.Name)];
            if (!names.SequenceEqual(Names))
            {
                throw new DataFormatException(
                    $"The columns of {path} have changed since it was opened: expected {string.Join(", ", Names)}, got {string.Join(", ", names)}.");
            }

            HashSet<string> wanted = [columns.Target, .. columns.Inputs];
            if (columns.Weight is not null) wanted.Add(columns.Weight);
            var row = new object?[fields.Length];
            for (int g = 0; g < reader.RowGroupCount; g++)
            {
                Array?[] values = Wait(() => ReadAsync(reader, g, fields, wanted, cancellation));
                int count = values.First(v => v is not null)!.Length;
                for (int r = 0; r < count; r++)
                {
                    for (int c = 0; c < row.Length; c++) row[c] = values[c]?.GetValue(r);
                    yield return row;
                }
            }
        }
        finally
        {
            Wait(async () =>
            {
                await reader.DisposeAsync().ConfigureAwait(false);
                return true;
            });
        }
    }

    private async Task<ParquetReader> OpenAsync(CancellationToken cancellation)
    {
        FileStream file = ReadableFile.Open(path, seekable: true);
        try
        {
            return await ParquetReader.CreateAsync(file, leaveStreamOpen: false, cancellationToken: cancellation).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await file.DisposeAsync().ConfigureAwait(false);
            // What is no such file is an IOException to the library, and a damaged one anything.
            if (e is OperationCanceledException) throw;
            throw new DataFormatException($"{path} cannot be read as a Parquet file: {e.Message}", e);
        }
    }

    private async Task<Array?[]> ReadAsync(ParquetReader reader, int group, DataField[] fields, HashSet<string> wanted, CancellationToken cancellation)
    {
        using ParquetRowGroupReader rows = reader.OpenRowGroupReader(group);
        var values = new Array?[fields.Length];
        for (int f = 0; f < fields.Length; f++)
            if (wanted.Contains(fields[f].Name)) values[f] = await ReadAsync(rows, fields[f], cancellation).ConfigureAwait(false);
        return values;
    }

    private Task<Array> ReadAsync(ParquetRowGroupReader rows, DataField field, CancellationToken cancellation)
    {
        if (field.MaxRepetitionLevel > 0) throw Unsuitable(field, "a list");
        Type type = field.ClrType;
        if (type == typeof(double)) return NumbersAsync<double>();
        if (type == typeof(float)) return NumbersAsync<float>();
        if (type == typeof(int)) return NumbersAsync<int>();
        if (type == typeof(long)) return NumbersAsync<long>();
        if (type == typeof(bool)) return NumbersAsync<bool>();
        if (type == typeof(short)) return NumbersAsync<short>();
        if (type == typeof(ushort)) return NumbersAsync<ushort>();
        if (type == typeof(byte)) return NumbersAsync<byte>();
        if (type == typeof(sbyte)) return NumbersAsync<sbyte>();
        if (type == typeof(uint)) return NumbersAsync<uint>();
        if (type == typeof(ulong)) return NumbersAsync<ulong>();
        if (type == typeof(decimal)) return NumbersAsync<decimal>();
        return type == typeof(string) || type == typeof(ReadOnlyMemory<char>) ? TextsAsync() : throw Unsuitable(field, type.Name);

        async Task<Array> NumbersAsync<T>() where T : struct
        {
            if (field.IsNullable)
            {
                var some = new T?[rows.RowCount];
                await rows.ReadAsync<T>(field, some.AsMemory(), null, cancellation).ConfigureAwait(false);
                return some;
            }

            var all = new T[rows.RowCount];
            await rows.ReadAsync<T>(field, all.AsMemory(), null, cancellation).ConfigureAwait(false);
            return all;
        }

        async Task<Array> TextsAsync()
        {
            var texts = new string?[rows.RowCount];
            await rows.ReadAsync(field, texts.AsMemory(), null, cancellation).ConfigureAwait(false);
            return texts;
        }
    }

    private DataFormatException Unsuitable(DataField field, string type)
        => new($"{path}, column '{field.Name}': expected numbers, Booleans or texts, got {type}.");

    private static T Wait<T>(Func<Task<T>> read) => Task.Run(read).GetAwaiter().GetResult();
}

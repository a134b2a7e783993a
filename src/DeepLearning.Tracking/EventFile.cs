using System.Buffers.Binary;
using System.Globalization;
using DeepLearning.Tracking.Schema;
using Google.Protobuf;

namespace DeepLearning.Tracking;

/// <summary>
/// An event file of TensorBoard: records of a length (8 bytes), its masked CRC-32C (4), the event, and its masked CRC-32C (4), all little-endian. It is open
/// only while an event is appended, so that a run that fails leaves nothing open.
/// </summary>
internal sealed class EventFile
{
    private const string Version = "brain.Event:2";

    private static int files;

    private readonly string folder;
    private readonly TimeProvider clock;

    /// <param name="folder">One run in TensorBoard.</param>
    /// <param name="clock">Dates the events.</param>
    public EventFile(string folder, TimeProvider clock)
        => (this.folder, this.clock) = (folder, clock);

    /// <summary>The name of the file; null before the first event.</summary>
    public string? Name { get; private set; }

    /// <summary>The length of the file: what of it belongs to the run.</summary>
    public long Length { get; private set; }

    /// <summary>Continues a file of an earlier process, without what it wrote after this length; nothing if the file is not there any more.</summary>
    public void Continue(string name, long length)
    {
        string path = Path.Combine(folder, name);
        if (!File.Exists(path)) return;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        // Shorter than it was: its end is missing, and a record may be incomplete.
        if (file.Length < length) return;
        file.SetLength(length);
        (Name, Length) = (name, length);
    }

    /// <summary>Appends one event; TensorBoard sees it at once.</summary>
    public void Append(long step, Summary summary)
    {
        double now = (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        Directory.CreateDirectory(folder);
        using var records = new MemoryStream();
        Name ??= NewName(now);
        using var file = new FileStream(Path.Combine(folder, Name), FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length == 0) Write(records, new Event { WallTime = now, FileVersion = Version });
        Write(records, new Event { WallTime = now, Step = step, Summary = summary });
        file.Write(records.GetBuffer().AsSpan(0, (int)records.Length));
        Length = file.Position;
    }

    /// <summary>TensorBoard reads the files of a folder in the order of their names.</summary>
    private static string NewName(double now) => string.Create(
        CultureInfo.InvariantCulture,
        $"events.out.tfevents.{(long)now:0000000000}.{Environment.MachineName}.{Environment.ProcessId}.{Interlocked.Increment(ref files)}");

    private static void Write(Stream stream, Event record)
    {
        byte[] data = record.ToByteArray();
        Span<byte> header = stackalloc byte[12], footer = stackalloc byte[4];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Crc32C.Masked(header[..8]));
        BinaryPrimitives.WriteUInt32LittleEndian(footer, Crc32C.Masked(data));
        stream.Write(header);
        stream.Write(data);
        stream.Write(footer);
    }
}

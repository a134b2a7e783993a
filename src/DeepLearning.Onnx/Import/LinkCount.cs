using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DeepLearning.Onnx;

/// <summary>How many names a file has. .NET has no API for it, so this calls the operating system.</summary>
internal static class LinkCount
{
    /// <summary>The number of hard links, or 0 if the system does not report it.</summary>
    public static int Of(SafeFileHandle file)
    {
        try
        {
            return OperatingSystem.IsWindows() ? OnWindows(file) : OperatingSystem.IsMacOS() ? OnMac(file) : OperatingSystem.IsLinux() ? OnLinux(file) : 0;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return 0;
        }
    }

    /// <summary>struct statx is the same on every processor: stx_nlink is at byte 16.</summary>
    private static int OnLinux(SafeFileHandle file)
    {
        const int OfTheHandleItself = 0x1000;
        const uint LinksOnly = 4;
        var answer = new byte[256];
        return StatX(file, [0], OfTheHandleItself, LinksOnly, answer) == 0 ? BitConverter.ToInt32(answer, 16) : 0;
    }

    /// <summary>struct stat with 64-bit inodes: st_nlink is at byte 6.</summary>
    private static int OnMac(SafeFileHandle file)
    {
        var answer = new byte[256];
        int status = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? FStat(file, answer) : FStat64(file, answer);
        return status == 0 ? BitConverter.ToUInt16(answer, 6) : 0;
    }

    /// <summary>BY_HANDLE_FILE_INFORMATION: nNumberOfLinks is at byte 40.</summary>
    private static int OnWindows(SafeFileHandle file)
    {
        var answer = new byte[52];
        return GetFileInformationByHandle(file, answer) != 0 ? BinaryPrimitives.ReadInt32LittleEndian(answer.AsSpan(40)) : 0;
    }

    [DllImport("libc", EntryPoint = "statx"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatX(SafeFileHandle folder, byte[] path, int flags, uint mask, [Out] byte[] answer);

    [DllImport("libc", EntryPoint = "fstat"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FStat(SafeFileHandle file, [Out] byte[] answer);

    [DllImport("libc", EntryPoint = "fstat$INODE64"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FStat64(SafeFileHandle file, [Out] byte[] answer);

    [DllImport("kernel32", EntryPoint = "GetFileInformationByHandle"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int GetFileInformationByHandle(SafeFileHandle file, [Out] byte[] answer);
}

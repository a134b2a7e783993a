using System.Diagnostics;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Serialization;

/// <summary>Kills processes in the middle of a save. The command <c>killed-saves</c> of Program.cs does it a thousand times.</summary>
internal static class KilledSaves
{
    private const int Units = 1000, Inputs = 500;

    /// <summary>What the killed process does: saves one model after another to the same file.</summary>
    public static void SaveForever(string path)
    {
        for (int i = 0; ; i++)
        {
            Model(i).Save(path);
            if (i == 0) Console.WriteLine("saved");
        }
    }

    /// <summary>Kills so many processes.</summary>
    /// <returns>How many left a temporary file, which the next save removed.</returns>
    public static int Run(int kills)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "model.safetensors");
        int leftovers = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            using (Process child = ChildProcess.Start("save-forever", path))
            {
                child.StandardOutput.ReadLine().Should().Be("saved");
                Thread.Sleep(kill * 7 % 23);
                child.Kill();
                child.WaitForExit();
            }

            Sequential loaded = Sequential.Load(path);
            float number = loaded.Parameters["dense.bias"].Value[0];
            loaded.Parameters["dense.kernel"].Value.AsReadOnlySpan().ContainsAnyExcept(number).Should().BeFalse("kill {0}", kill);
            leftovers += Directory.GetFiles(folder.Path).Length - 1;
            loaded.Save(path);
            Directory.GetFiles(folder.Path).Should().Equal([path], "kill {0}", kill);
        }

        return leftovers;
    }

    private static Sequential Model(int number)
    {
        Sequential model = Sequential.Input(Inputs).Dense(Units).Build();
        foreach (Parameter parameter in model.Parameters) parameter.Value.AsSpan().Fill(number);
        return model;
    }
}

using System.Globalization;

namespace QuickStart;

/// <summary>What the command line asks for.</summary>
internal sealed record Options(int Epochs, string? Data, ulong Seed)
{
    private const string Usage = "Options: --epochs <1 or more>   --data digits|mnist   --seed <0 or more>";

    /// <summary>The options, with defaults for those not given; null, after a message, for a command line that cannot be read.</summary>
    public static Options? Parse(string[] args)
    {
        var options = new Options(Epochs: 10, Data: null, Seed: 42);
        for (int i = 0; i < args.Length; i += 2)
        {
            string value = i + 1 < args.Length ? args[i + 1] : "";
            Options? next = args[i] switch
            {
                "--epochs" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int epochs) && epochs > 0 => options with { Epochs = epochs },
                "--data" when value is "digits" or "mnist" => options with { Data = value },
                "--seed" when ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed) => options with { Seed = seed },
                _ => null,
            };
            if (next is null)
            {
                Console.Error.WriteLine($"Cannot read {args[i]} {value}. {Usage}");
                return null;
            }

            options = next;
        }

        return options;
    }
}

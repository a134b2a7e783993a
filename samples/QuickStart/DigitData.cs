using DeepLearning;
using DeepLearning.Data;

namespace QuickStart;

/// <summary>Chooses the images and says which they are: MNIST where its files are on this machine, generated digits elsewhere. Never downloads.</summary>
internal static class DigitData
{
    public static (Dataset Train, Dataset Test) Load(string? wanted)
    {
        if (wanted != "digits")
        {
            if (Mnist.TryLoad(out Dataset? train, out Dataset? test))
            {
                Console.WriteLine("MNIST: handwritten digits, found on this machine.");
                return (train, test);
            }

            if (wanted == "mnist")
                throw new DatasetNotFoundException("MNIST is not on this machine: set DEEPLEARNING_DATA to the folder that has its four files, or call Mnist.Load() once to download them.");
            Console.WriteLine("MNIST is neither where DEEPLEARNING_DATA points nor in the cache, so these are generated digits. Mnist.Load() would download MNIST.");
        }
        else
        {
            Console.WriteLine("Generated digits, as asked for.");
        }

        return (Synthetic.Digits(20_000, seed: 1), Synthetic.Digits(4_000, seed: 2));
    }
}

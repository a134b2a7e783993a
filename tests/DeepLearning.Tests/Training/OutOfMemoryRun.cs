using DeepLearning.Kernels;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Training;

/// <summary>
/// Runs in a process whose heap has a hard limit: each call is made again and again, with ever more memory left to it, until it succeeds. Wherever it failed,
/// the same call with memory enough must then give the same bits as one that never failed.
/// </summary>
internal static class OutOfMemoryRun
{
    private const int Step = 400_000, MostAttempts = 200;

    private static readonly Dataset Data = new(Tensor.RandomNormal([300, 256], seed: 1), [.. Enumerable.Range(0, 300).Select(i => i % 10)]);

    private static readonly MemoryLimit Limit = new();

    /// <summary>A call on objects of its own, and the check that is made afterwards, with memory enough.</summary>
    private delegate (Action Call, Action Check) Preparation();

    /// <summary>A line for each call: its name, how often it failed, and where.</summary>
    public static void Print(TextWriter output)
    {
        (string Name, Preparation Prepare)[] all =
        [
            (nameof(Product), Product),
            (nameof(Prediction), Prediction),
            (nameof(Differentiation), Differentiation),
            ("TrainingOfManyRows", Training(Data, batchSize: 128)),
            ("TrainingOfManyWeights", Training(Data.Take(11), batchSize: 4)),
        ];
        // Without memory the runtime would end the process and not say where.
        AppDomain.CurrentDomain.UnhandledException += (_, e) =>
        {
            Limit.Lift();
            Console.Error.WriteLine(e.ExceptionObject);
        };
        // A product on more threads needs less memory on each.
        Parallelism.ThreadCount = 2;
        // Types are initialised, workers started and methods compiled while there is memory.
        foreach ((_, Preparation prepare) in all)
        {
            (Action call, Action check) = prepare();
            call();
            check();
        }

        foreach ((string name, Preparation prepare) in all) output.WriteLine($"{name} {Failures(prepare)}");
    }

    private static string Failures(Preparation prepare)
    {
        var places = new SortedSet<string>();
        int failures = 0;
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            (Action call, Action check) = prepare();
            OutOfMemoryException? failure = null;
            long asked = 0;
            // On a thread of its own, which has no scratch memory yet.
            var thread = new Thread(() =>
            {
                try
                {
                    Limit.Leave(failures * Step);
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    call();
                    asked = GC.GetAllocatedBytesForCurrentThread() - before;
                }
                catch (OutOfMemoryException exception)
                {
                    failure = exception;
                }
            });
            thread.Start();
            thread.Join();
            Limit.Lift();
            check();
            if (failure is not null)
            {
                places.Add(Place(failure));
                failures++;
            }
            else if (asked >= Step)
            {
                return $"{failures} {string.Join(' ', places)}";
            }

            // Else the workers were quicker and did it all, in the scratch memory that they keep: that needs none, so it is tried again.
        }

        throw new InvalidOperationException($"The call never succeeded with memory of its own, not even with {failures * Step} bytes.");
    }

    /// <summary>The method that asked for the memory; an exception without memory for its own trace does not say.</summary>
    private static string Place(OutOfMemoryException failure)
        => failure.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains(" DeepLearning."))?.Trim().Split('(')[0][3..] ?? "somewhere";

    private static (Action Call, Action Check) Product()
    {
        const int Size = 1200;
        float[] a = Tensor.RandomNormal([Size, Size], seed: 1).ToArray(), b = Tensor.RandomNormal([Size, Size], seed: 2).ToArray();
        float[] c = new float[Size * Size], expected = new float[Size * Size];
        Multiply(expected);
        return (() => Multiply(c), Check);

        void Check()
        {
            Multiply(c);
            RequireEqual(c, expected);
        }

        void Multiply(float[] result) => Gemm.Multiply(a, false, b, true, result, Size, Size, Size);
    }

    private static (Action Call, Action Check) Prediction()
    {
        Sequential model = Model(), other = Model();
        Tensor many = Tensor.RandomNormal([700, 256], seed: 3);
        return (() => model.Predict(many), () => RequireEqual(model.Predict(many).ToArray(), other.Predict(many).ToArray()));
    }

    private static (Action Call, Action Check) Differentiation()
    {
        Sequential model = Model();
        var tape = new Tape();
        Tensor loss = DeepLearning.Losses.MeanSquaredError(model.Forward(Data.Inputs, tape, training: false), Tensor.Zeros([300, 10]));
        return (() => tape.Gradients(loss), Check);

        void Check()
        {
            var fresh = new Tape();
            Tensor same = DeepLearning.Losses.MeanSquaredError(model.Forward(Data.Inputs, fresh, training: false), Tensor.Zeros([300, 10]));
            RequireEqual(tape.Gradients(loss).Flat(model.Parameters), fresh.Gradients(same).Flat(model.Parameters));
        }
    }

    /// <summary>Training that fails after s whole steps goes on from there like one that a callback ended after as many.</summary>
    private static Preparation Training(Dataset data, int batchSize)
    {
        var options = new FitOptions { BatchSize = batchSize, Epochs = 2 };
        (float[] Then, float[] AtTheEnd)[] expected = [.. Enumerable.Range(0, 7).Select(steps =>
        {
            Sequential model = Compiled();
            Stop(model, steps);
            float[] then = model.Parameters.Flat.AsSpan().ToArray();
            model.Fit(data, options);
            return (then, model.Parameters.Flat.AsSpan().ToArray());
        })];
        return Fit;

        (Action Call, Action Check) Fit()
        {
            Sequential model = Compiled();
            return (() => model.Fit(data, options), () => Check(model));
        }

        void Check(Sequential model)
        {
            if (model.StepsTrained == 6) return;
            RequireEqual(model.Parameters.Flat.AsSpan(), expected[model.StepsTrained].Then);
            model.Fit(data, options);
            RequireEqual(model.Parameters.Flat.AsSpan(), expected[model.StepsTrained - 6].AtTheEnd);
        }

        void Stop(Sequential model, int steps)
        {
            if (steps == 0) return;
            var bomb = new Recorder(batch: (context, _) =>
            {
                if (model.StepsTrained == (ulong)steps) throw new TimeoutException();
            });
            try
            {
                model.Fit(data, options with { Callbacks = [bomb] });
            }
            catch (TimeoutException)
            {
            }
        }
    }

    private static Sequential Model() => Sequential.Input(256).Dense(1024).Relu().Dropout(0.2f).Dense(10).Softmax().Build(seed: 5);

    private static Sequential Compiled() => Model().Compile(new AdamW { UseEma = true, ClipValue = 1f }, new SparseCategoricalCrossEntropy(), new Accuracy());

    private static void RequireEqual(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected)
    {
        if (!actual.SequenceEqual(expected)) throw new InvalidOperationException("The call after a failed one gave other bits.");
    }
}

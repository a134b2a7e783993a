using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace DeepLearning.Tests.Training;

/// <summary>
/// A reader who follows a batch through Fit, from the call to the kernel, opens each file once: the way down comes back to none. It ends where a kernel begins:
/// there the shared loop, <c>Chunks</c>, calls back the job and the formula that it was given.
/// </summary>
public sealed class WayOfABatchTests
{
    [Fact]
    public void The_way_of_a_batch_through_Fit_enters_no_file_twice()
    {
        var ways = new Ways();
        Sequential model = Sequential.Input(3).Add(new Traced(ways)).Dense(2).Build(seed: 1);
        model.Compile(new TracedRule(ways), new TracedLoss(ways), new TracedMetric(ways));

        model.Fit(new TracedSource(ways), new FitOptions { Epochs = 2, Validation = new Dataset(Tensor.Ones([4, 3]), Tensor.Ones([4, 2])) });

        ways.Ends.Should().BeEquivalentTo(
            "the batch", "a layer", "a kernel", "a penalty", "the loss", "a metric", "a kernel backward", "a rule", "a rate", "a constraint");
        ways.EnteredTwice.Should().BeEmpty();
    }

    /// <summary>The files of the library on each stack that was seen, outermost first.</summary>
    private sealed class Ways
    {
        private readonly HashSet<string> ends = [];
        private readonly HashSet<string> twice = [];

        public IReadOnlyCollection<string> Ends => ends;

        public IReadOnlyCollection<string> EnteredTwice => twice;

        public void Add(string end)
        {
            string?[] files = [.. new StackTrace(fNeedFileInfo: true).GetFrames()
                .Where(frame => frame.GetMethod()?.DeclaringType?.Assembly == typeof(Sequential).Assembly)
                .Select(frame => frame.GetFileName() ?? FileOf(frame.GetMethod()!.DeclaringType!))
                .Reverse()
                .TakeWhile(path => !path.Contains("/Kernels/", StringComparison.Ordinal) && !path.Contains("\\Kernels\\", StringComparison.Ordinal))
                .Select(Path.GetFileName)];
            files.Should().Contain("Trainer.cs");
            ends.Add(end);
            for (int i = 1; i < files.Length; i++)
                if (files[i] != files[i - 1] && Array.IndexOf(files, files[i]) < i) twice.Add($"{end}: {string.Join(" → ", files)}");
        }
    }

    /// <summary>The file of a type, where the compiled code of a method no longer says from which line it calls.</summary>
    private static string FileOf(Type type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return $"{(type.Namespace == "DeepLearning.Kernels" ? "/Kernels/" : "")}{type.Name.Split('`')[0]}.cs";
    }

    private sealed class Traced(Ways ways) : Layer
    {
        public override Shape Build(Shape input, LayerBuilder builder)
        {
            builder.AddParameter("shift", input, Constant.Zeros, new ParameterOptions { Regularizer = new TracedPenalty(ways), Constraint = new TracedBound(ways) });
            return input;
        }

        public override Tensor Forward(Tensor x, LayerContext context)
        {
            ways.Add("a layer");
            Formula.Ways = ways;
            return UnaryOp<Formula>.Apply(default, x + context["shift"]);
        }
    }

    private readonly struct Formula : IFormula
    {
        [ThreadStatic]
        private static Ways? ways;

        public static Ways? Ways
        {
            set => ways = value;
        }

        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> x)
        {
            ways?.Add("a kernel");
            return x;
        }

        public Vector512<float> Backward(Vector512<float> value, Vector512<float> dy)
        {
            ways?.Add("a kernel backward");
            return dy;
        }
    }

    private sealed class TracedPenalty(Ways ways) : Regularizer
    {
        public override Tensor Penalty(Tensor parameter)
        {
            ways.Add("a penalty");
            return parameter.Square().Sum();
        }
    }

    private sealed class TracedBound(Ways ways) : DeepLearning.Constraint
    {
        public override void Apply(Tensor parameter) => ways.Add("a constraint");
    }

    private sealed class TracedLoss(Ways ways) : Loss
    {
        public override Tensor PerSample(Tensor predictions, Tensor targets)
        {
            ways.Add("the loss");
            return (predictions - targets).Square().Mean(-1);
        }
    }

    private sealed class TracedMetric(Ways ways) : MeanMetric
    {
        public override string Name => "traced";

        public override bool HigherIsBetter => false;

        public override void PerSample(Tensor predictions, Tensor targets, Span<float> values)
        {
            ways.Add("a metric");
            values.Clear();
        }
    }

    private sealed class TracedRule(Ways ways) : Optimizer(new TracedRate(ways))
    {
        protected override void Update(Span<float> w, ReadOnlySpan<float> g, long t)
        {
            ways.Add("a rule");
            for (int i = 0; i < w.Length; i++) w[i] -= Rate * g[i];
        }
    }

    private sealed class TracedRate(Ways ways) : Schedule
    {
        public override double At(long step)
        {
            ways.Add("a rate");
            return 0.1;
        }
    }

    private sealed class TracedSource(Ways ways) : BatchSource
    {
        public override IEnumerable<Batch> Epoch(EpochPosition position)
        {
            for (int b = position.Batches; b < 2; b++)
            {
                ways.Add("the batch");
                yield return new Batch(Tensor.Ones([4, 3]), Tensor.Ones([4, 2]));
            }
        }
    }
}

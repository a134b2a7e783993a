using TorchSharp;

namespace DeepLearning.Benchmarks.LibTorch;

/// <summary>
/// The check of a training step, in three parts, since none of them sees every fault. How far the weights move does not show the size of the gradients, by
/// which Adam divides; nor its decay rates, since under a gradient that hardly changes the bias correction cancels them. And no bound on the norm of the
/// difference in movement holds: Adam makes a whole step also of a gradient that is 0 but for rounding, and weights that are a step apart put some ReLUs of
/// the next step on the other side of their kink. So gradients and updates are compared value by value, each from the same start, and the movement by its
/// median.
/// </summary>
internal sealed partial class StepComparison
{
    private const int VerifiedSteps = 3;

    /// <summary>Of the movement. Without a fault the medians differ by 10⁻⁴ of it in the largest network, and by less than 10⁻⁶ in the others.</summary>
    private const double MovementTolerance = 0.002;

    public override void Verify()
    {
        RequireSameGradients();
        RequireSameUpdate();
        RequireSameMovement();
    }

    /// <summary>Forward, loss and backward: from the same weights, the gradient of each parameter is the same.</summary>
    private void RequireSameGradients()
    {
        var recorder = new GradientRecorder();
        var compilation = new Compilation(model, recorder, [new SparseCategoricalCrossEntropy()]);
        new TrainingStep(model, compilation).Run(batch, new RunningFigures(compilation), out _);
        using DisposeScope scope = torch.NewDisposeScope();
        TheirBackward();
        float[][] theirs = Networks.Gradients(network);
        for (int p = 0; p < theirs.Length; p++) RequireClose($"gradients of {model.Parameters[p].Name}", recorder.Of(model.Parameters[p]), theirs[p]);
    }

    /// <summary>The optimizer's formula: from the same gradients, each weight moves by the same.</summary>
    private void RequireSameUpdate()
    {
        (float[] ours, float[] theirs) = OptimizerSteps.Run(OurOptimizer(), TheirOptimizer);
        RequireClose("updates from the same gradients", ours, theirs);
    }

    /// <summary>
    /// The steps that are timed, as a whole: in each parameter, the median distance between the weights of both is small beside the median movement. It sees
    /// what only later steps do wrong, such as gradients that pile up.
    /// </summary>
    private void RequireSameMovement()
    {
        float[][] start = Networks.Weights(model);
        for (int i = 0; i < VerifiedSteps; i++)
        {
            Ours();
            Theirs();
        }

        float[][] ours = Networks.Weights(model), theirs = Networks.Weights(network);
        for (int p = 0; p < start.Length; p++)
        {
            double movement = MedianDistance(theirs[p], start[p]), difference = MedianDistance(ours[p], theirs[p]);
            if (!(difference <= MovementTolerance * movement))
            {
                throw new InvalidOperationException(
                    $"{Name}: {VerifiedSteps} steps moved {model.Parameters[p].Name} by {movement} with libtorch, and ours ends {difference} away (medians).");
            }
        }
    }

    private static double MedianDistance(float[] a, float[] b) => Interleaved.Median(a.Zip(b, (x, y) => Math.Abs((double)x - y)));
}

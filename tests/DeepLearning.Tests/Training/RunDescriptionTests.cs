using System.Reflection;
using DeepLearning.Tests.Contracts;

namespace DeepLearning.Tests.Training;

/// <summary>A setting that a run's description leaves out would let a checkpoint go on under another meaning.</summary>
public sealed class RunDescriptionTests
{
    [Fact]
    public void Every_setting_of_every_optimizer_is_described()
    {
        foreach (Optimizer optimizer in OptimizerContract.Rows.Select(r => r.Make(0.01f)))
        {
            IReadOnlyDictionary<string, string> texts = Texts(optimizer.Describe());
            // Rate, factor and steps are state; a clip or schedule that is not set is described by its absence.
            IEnumerable<string> state = [nameof(Optimizer.LearningRate), nameof(Optimizer.RateFactor), nameof(Optimizer.Steps)];
            Names(optimizer).Except(state).Where(n => optimizer.GetType().GetProperty(n)!.GetValue(optimizer) is not null)
                .Should().OnlyContain(n => texts.ContainsKey(n), optimizer.GetType().Name);
        }
    }

    [Fact]
    public void Every_setting_of_every_loss_is_described()
    {
        foreach (Loss loss in LossContract.Rows.Select(r => r.Make(default)))
        {
            IReadOnlyDictionary<string, string> texts = Texts(loss.Describe());
            Names(loss).Except([nameof(Loss.Name)]).Should().OnlyContain(n => texts.ContainsKey(n), loss.GetType().Name);
        }
    }

    [Fact]
    public void Clips_are_described_where_they_are_set()
    {
        IReadOnlyDictionary<string, string> texts = Texts(new Sgd { ClipNorm = 1f, ClipValue = 2f, GlobalClipNorm = 3f }.Describe());
        (texts["ClipNorm"], texts["ClipValue"], texts["GlobalClipNorm"]).Should().Be(("1", "2", "3"));
    }

    private static IEnumerable<string> Names(object part)
        => part.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => p.Name);

    private static IReadOnlyDictionary<string, string> Texts(Settings settings)
    {
        var texts = new StateWriter();
        settings.WriteTo(texts);
        return texts.Texts;
    }
}

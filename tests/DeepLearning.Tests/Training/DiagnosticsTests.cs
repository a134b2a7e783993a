using System.Diagnostics;
using System.Diagnostics.Metrics;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Training;

/// <summary>What listeners of the meter and the activity source DeepLearning see. Alone: other tests train meanwhile, and the allocation tests want no
/// listener.</summary>
[Collection("Threads")]
public sealed class DiagnosticsTests
{
    private static readonly Dataset Data = TrainingCases.Blobs(50);
    private static readonly FitOptions Options = new() { Epochs = 2, BatchSize = 8, ValidationSplit = 0.2 };

    [Fact]
    public void The_meter_counts_steps_samples_and_epochs()
    {
        using var heard = new Listener();
        TrainingCases.Classifier().Fit(Data, Options);
        heard.Of("deeplearning.training.steps").Sum().Should().Be(10);
        heard.Of("deeplearning.training.samples").Sum().Should().Be(80);
        heard.Of("deeplearning.training.epochs").Sum().Should().Be(2);
        heard.Of("deeplearning.training.step.duration").Should().HaveCount(10).And.OnlyContain(s => s > 0 && s < 60);
        heard.Of("deeplearning.training.throughput").Should().HaveCount(2).And.OnlyContain(s => s > 0);
    }

    [Fact]
    public void The_meter_has_loss_learning_rate_and_the_figures_of_each_epoch()
    {
        using var heard = new Listener();
        var losses = new List<double>();
        History history = TrainingCases.Classifier().Fit(Data, Options with { Callbacks = [new Recorder(batch: (_, logs) => losses.Add(logs["loss"]))] });
        heard.Of("deeplearning.training.loss").Should().Equal(losses);
        heard.Of("deeplearning.training.learning_rate").Should().HaveCount(10).And.OnlyContain(rate => rate == (double)0.01f || rate == 0.01);
        foreach (string name in history.Names) heard.Of("deeplearning.training.figure", name).Should().Equal(history[name].Select(v => (double)v));
    }

    [Fact]
    public void Spans_nest_as_fit_epoch_and_validate_with_the_figures()
    {
        var spans = new List<Activity>();
        using ActivityListener listener = Spans(spans);
        Sequential model = TrainingCases.Classifier();
        History history = model.Fit(Data, Options);
        spans.Select(s => s.OperationName).Should().Equal("validate", "epoch", "validate", "epoch", "fit");
        Activity fit = spans[^1], epoch = spans[3];
        (epoch.Parent, spans[2].Parent).Should().Be((fit, epoch));
        fit.GetTagItem("deeplearning.optimizer").Should().Be("Adam");
        fit.GetTagItem("deeplearning.parameters").Should().Be((long)model.Parameters.Sum(p => p.Value.Count));
        epoch.GetTagItem("deeplearning.epoch").Should().Be(1);
        epoch.GetTagItem("deeplearning.val_loss").Should().Be((double)history["val_loss"][1]);
        fit.Status.Should().Be(ActivityStatusCode.Unset);
        float loss = model.Evaluate(Data).Loss;
        spans[^1].OperationName.Should().Be("evaluate");
        spans[^1].GetTagItem("deeplearning.loss").Should().Be((double)loss);
    }

    [Fact]
    public void A_run_that_fails_is_a_span_with_the_failure()
    {
        var spans = new List<Activity>();
        using ActivityListener listener = Spans(spans);
        var fails = new LambdaCallback((_, _) => throw new TimeoutException("too late"));
        TrainingCases.Classifier().Invoking(m => m.Fit(Data, Options with { Callbacks = [fails] })).Should().Throw<TimeoutException>();
        Activity fit = spans.Single(s => s.OperationName == "fit");
        (fit.Status, fit.StatusDescription, fit.GetTagItem("error.type")).Should().Be((ActivityStatusCode.Error, "too late", "System.TimeoutException"));
        Activity.Current.Should().BeNull();
    }

    [Fact]
    public void A_step_with_a_listener_allocates_nothing_either()
    {
        using var listener = new MeterListener { InstrumentPublished = (instrument, l) => Enable(instrument, l) };
        double sum = 0;
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => sum += value);
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => sum += value);
        listener.Start();
        var meter = new AllocationMeter();
        TrainingCases.Classifier().Fit(Data, new FitOptions { Epochs = AllocationMeter.Epochs, BatchSize = 8, Callbacks = [meter] });
        meter.Least.Should().Be(0);
        sum.Should().BeGreaterThan(300);
    }

    private static void Enable(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == "DeepLearning") listener.EnableMeasurementEvents(instrument);
    }

    private static ActivityListener Spans(List<Activity> spans)
    {
        int thread = Environment.CurrentManagedThreadId;
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "DeepLearning",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (Environment.CurrentManagedThreadId == thread) spans.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    /// <summary>The measurements of this thread.</summary>
    private sealed class Listener : IDisposable
    {
        private readonly MeterListener listener;
        private readonly List<(string Instrument, string? Tag, double Value)> heard = [];
        private readonly int thread = Environment.CurrentManagedThreadId;

        public Listener()
        {
            listener = new MeterListener { InstrumentPublished = (instrument, l) => Enable(instrument, l) };
            listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
            listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
            listener.Start();
        }

        public IEnumerable<double> Of(string instrument, string? tag = null)
            => heard.Where(h => h.Instrument == instrument && h.Tag == tag).Select(h => h.Value);

        public void Dispose() => listener.Dispose();

        private void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (Environment.CurrentManagedThreadId == thread) heard.Add((instrument.Name, tags.IsEmpty ? null : (string?)tags[0].Value, value));
        }
    }
}

using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Serving;

public sealed class ReloadingPredictorTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();
    private readonly List<PredictorReload> reloads = [];

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Line10_a_sigmoid_does_not_take_the_place_of_a_softmax()
    {
        using var predictor = new ReloadingPredictor(Sequential.Input(2).Dense(3).Softmax().Build().ToPredictor);
        predictor.OutputActivation.Should().BeOfType<Softmax>();
        predictor.Invoking(p => p.Replace(Sequential.Input(2).Dense(3).Sigmoid().Build().ToPredictor()))
            .Should().Throw<InvalidDataException>().WithMessage("*probabilities of a Sigmoid*probabilities of a Softmax*");
    }

    [Fact]
    public async Task Replacing_puts_the_new_model_into_service()
    {
        Tensor x = Tensor.RandomNormal([5, 4], seed: 1);
        Sequential first = TrainingCases.Classifier(1), second = TrainingCases.Classifier(2);
        using var predictor = new ReloadingPredictor(first.ToPredictor, new ManualTime());
        predictor.Reloaded += (_, reload) => reloads.Add(reload);
        predictor.LastReload.Should().BeNull();
        predictor.Predict(x).ToArray().Should().Equal(first.Predict(x).ToArray());

        Predictor next = second.ToPredictor();
        predictor.Replace(next);
        predictor.Current.Should().BeSameAs(next);
        (await predictor.PredictAsync(x)).ToArray().Should().Equal(second.Predict(x).ToArray());
        float[] predictions = new float[15];
        predictor.Predict(x.AsSpan(), predictions);
        predictions.Should().Equal(second.Predict(x).ToArray());
        reloads.Should().Equal(new PredictorReload(new ManualTime().GetUtcNow(), null)).And.Equal(predictor.LastReload!);
        (predictor.InputShape, predictor.OutputShape, predictor.ClassNames.Count, predictor.GivesProbabilities)
            .Should().Be((new Shape(4), new Shape(3), 0, true));
    }

    public static TheoryData<string, Type, Func<Predictor>> Misfits => new()
    {
        { "*takes [batch, 5], the one in service [batch, 4]*", typeof(ShapeMismatchException), Sequential.Input(5).Dense(3).Softmax().Build().ToPredictor },
        { "*gives [batch, 2], the one in service [batch, 3]*", typeof(ShapeMismatchException), Sequential.Input(4).Dense(2).Softmax().Build().ToPredictor },
        { "*gives no probabilities*", typeof(InvalidDataException), Sequential.Input(4).Dense(3).Build().ToPredictor },
        { "*classes are a, b, c, those of the one in service without names*", typeof(InvalidDataException), Named },
        { "*dense.bias [3] holds NaN at 1*", typeof(InvalidDataException), Spoiled },
        { "no such model", typeof(FileNotFoundException), () => throw new FileNotFoundException("no such model") },
        { "*mine*", typeof(TimeoutException), Sequential.Input(4).Add(new Hook(_ => throw new TimeoutException("mine"))).Dense(3).Softmax().Build().ToPredictor },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public void A_model_that_does_not_fit_leaves_the_old_one_in_service(string message, Type type, Func<Predictor> misfit)
    {
        Predictor good = TrainingCases.Classifier().ToPredictor();
        Func<Predictor> load = () => good;
        using var predictor = new ReloadingPredictor(() => load());
        predictor.Reloaded += (_, reload) => reloads.Add(reload);
        load = misfit;
        PredictorReload reload = predictor.Reload();
        predictor.Current.Should().BeSameAs(good);
        reload.Succeeded.Should().BeFalse();
        reload.Failure.Should().BeOfType(type);
        reload.Failure!.Message.Should().Match(message);
        reloads.Should().Equal(reload);
        load = TrainingCases.Classifier(8).ToPredictor;
        predictor.Reload().Succeeded.Should().BeTrue();
        predictor.Current.Should().NotBeSameAs(good);
    }

    [Fact]
    public void Replacing_by_a_misfit_throws_and_the_old_one_stays()
    {
        using var predictor = new ReloadingPredictor(TrainingCases.Classifier().ToPredictor);
        Predictor before = predictor.Current;
        predictor.Invoking(p => p.Replace(Spoiled())).Should().Throw<InvalidDataException>().WithMessage("*holds NaN*");
        predictor.Current.Should().BeSameAs(before);
        predictor.LastReload!.Succeeded.Should().BeFalse();
    }

    [Fact]
    public void A_first_model_that_is_broken_throws()
    {
        FluentActions.Invoking(() => new ReloadingPredictor(Spoiled)).Should().Throw<InvalidDataException>();
        FluentActions.Invoking(() => new ReloadingPredictor(() => throw new TimeoutException("mine"))).Should().Throw<TimeoutException>();
    }

    [Fact]
    public void A_watched_file_is_loaded_when_it_changes_and_only_then()
    {
        var time = new ManualTime();
        int loads = 0;
        File.WriteAllText(path, "1");
        var predictor = ReloadingPredictor.Watch(path, Load, TimeSpan.FromSeconds(1), time);
        predictor.Reloaded += (_, reload) => reloads.Add(reload);
        time.Tick();
        loads.Should().Be(1);

        File.WriteAllText(path, "22");
        time.Tick();
        time.Tick();
        loads.Should().Be(2);

        File.Delete(path);
        time.Tick();
        time.Tick();
        reloads[^1].Failure.Should().BeOfType<FileNotFoundException>();
        loads.Should().Be(3, "a failure is reported once, not at each look");

        // As an atomic save does it: another file of the same length takes the name.
        File.WriteAllText(path + ".new", "44");
        File.Move(path + ".new", path);
        time.Tick();
        reloads[^1].Succeeded.Should().BeTrue();
        reloads.Should().HaveCount(3);
        predictor.Dispose();
        time.Disposed.Should().BeTrue();

        Predictor Load(string file)
        {
            loads++;
            return TrainingCases.Classifier((ulong)File.ReadAllText(file)[0]).ToPredictor();
        }
    }

    [Fact]
    public void A_broken_file_is_refused_and_the_next_good_one_serves_by_the_real_clock_too()
    {
        TrainingCases.Classifier(1).Save(path);
        using var predictor = ReloadingPredictor.Watch(path, TimeSpan.FromMilliseconds(5));
        using var changed = new SemaphoreSlim(0);
        predictor.Reloaded += (_, _) => changed.Release();

        // In one step: a look at a file that is half written would find two changes.
        File.WriteAllText(path + ".new", "no model");
        File.Move(path + ".new", path, overwrite: true);
        changed.Wait(TimeSpan.FromSeconds(20)).Should().BeTrue();
        predictor.LastReload!.Failure.Should().BeOfType<ModelFormatException>();

        Sequential next = TrainingCases.Classifier(2);
        next.Save(path);
        changed.Wait(TimeSpan.FromSeconds(20)).Should().BeTrue();
        predictor.LastReload!.Succeeded.Should().BeTrue();
        predictor.Predict(Tensor.Ones([1, 4])).ToArray().Should().Equal(next.Predict(Tensor.Ones([1, 4])).ToArray());
    }

    [Fact]
    public void What_a_listener_throws_is_not_taken_for_a_refused_model()
    {
        var time = new ManualTime();
        File.WriteAllText(path, "1");
        using var predictor = ReloadingPredictor.Watch(path, _ => TrainingCases.Classifier().ToPredictor(), TimeSpan.FromSeconds(1), time);
        predictor.Reloaded += (_, _) => throw new TimeoutException("mine");
        predictor.Reloaded += (_, reload) => reloads.Add(reload);
        Predictor next = TrainingCases.Classifier(2).ToPredictor(), before = predictor.Current;
        predictor.Reload().Succeeded.Should().BeTrue();
        predictor.Current.Should().NotBeSameAs(before);
        predictor.Invoking(p => p.Replace(next)).Should().NotThrow();
        predictor.Current.Should().BeSameAs(next);
        File.WriteAllText(path, "22");
        time.Tick();
        predictor.Current.Should().NotBeSameAs(next);
        predictor.LastReload!.Succeeded.Should().BeTrue();
        reloads.Should().HaveCount(3, "one listener does not keep the news from another");
    }

    [Fact]
    public void Arguments_are_checked()
    {
        FluentActions.Invoking(() => new ReloadingPredictor(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => ReloadingPredictor.Watch(path, _ => Named(), TimeSpan.Zero)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => ReloadingPredictor.Watch("", _ => Named(), TimeSpan.FromSeconds(1))).Should().Throw<ArgumentException>();
    }

    private static Predictor Named()
    {
        Sequential model = TrainingCases.Classifier();
        model.ClassNames = ["a", "b", "c"];
        return model.ToPredictor();
    }

    private static Predictor Spoiled()
    {
        Sequential model = Sequential.Input(4).Dense(3).Softmax().Build();
        model.Parameters["dense.bias"].Value[1] = float.NaN;
        return model.ToPredictor();
    }
}

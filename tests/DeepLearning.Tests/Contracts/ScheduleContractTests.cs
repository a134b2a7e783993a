using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Contracts;

/// <summary>What every schedule promises, run over every row of <see cref="ScheduleContract"/>.</summary>
public sealed class ScheduleContractTests
{
    public static TheoryData<int, string> Rows() => ContractRows.Of(ScheduleContract.Rows);

    [Theory]
    [MemberData(nameof(Rows))]
    public void It_is_its_formula_in_any_order_of_steps(int index, string name)
    {
        ScheduleRow row = ScheduleContract.Rows[index];
        Schedule schedule = row.Make();
        foreach (long t in (long[])[0, 1, 5, 9, 10, 11, 49, 50, 51, 60, 3, 0]) schedule.At(t).Should().BeApproximately(row.Rate(t), 1e-15, name);
        schedule.At(1L << 40).Should().BeInRange(0, 0.1, name);
        schedule.Invoking(s => s.At(-1)).Should().Throw<ArgumentOutOfRangeException>(name).WithParameterName("step");
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void An_optimizer_follows_it_and_counts_steps_from_0(int index, string name)
    {
        ScheduleRow row = ScheduleContract.Rows[index];
        var run = new OptimizerRun(new Sgd(row.Make()), [0f, 0f, 0f, 0f]);
        double moved = 0;
        for (int t = 0; t < 20; t++)
        {
            run.Optimizer.LearningRate.Should().Be(row.Make().At(t), name);
            run.Step([1f, 1f, 1f, 1f]);
            moved -= row.Rate(t);
        }

        run.Weights.ShouldBeCloseTo([moved, moved, moved, moved], 1e-5, name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Its_description_tells_it_from_every_other(int index, string name)
    {
        ScheduleRow row = ScheduleContract.Rows[index];
        string own = Described(row.Make());
        own.Should().Be(Described(row.Make()), name);
        foreach (Schedule changed in row.Changed)
        {
            Described(changed).Should().NotBe(own, name);
            changed.ToString().Should().NotBe(row.Make().ToString(), name);
        }
    }

    private static string Described(Schedule schedule)
    {
        var run = new StateWriter();
        new Sgd(schedule).Describe().WriteTo(run);
        return string.Join(';', run.Texts.Select(t => $"{t.Key}={t.Value}"));
    }
}

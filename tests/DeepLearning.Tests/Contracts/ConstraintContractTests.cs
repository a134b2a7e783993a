using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Contracts;

/// <summary>What every constraint promises, run over every row of <see cref="ConstraintContract"/>.</summary>
public sealed class ConstraintContractTests
{
    public static TheoryData<int, string> Rows() => ContractRows.Of(ConstraintContract.Rows);

    [Theory]
    [MemberData(nameof(Rows))]
    public void It_makes_of_each_stretch_what_its_formula_says(int index, string name)
    {
        ConstraintRow row = ConstraintContract.Rows[index];
        // Whole vectors, tails, single rows and columns; lengths from far below every bound to far above.
        foreach ((int rows, int columns) in ((int, int)[])[(2, 3), (16, 16), (5, 37), (1, 20), (20, 1), (40, 17)])
        {
            Tensor w = Tensor.RandomNormal([rows, columns], seed: 5) * Tensor.From([.. Enumerable.Range(0, columns).Select(c => 0.01f * (c + 1))]);
            var expected = new double[w.Count];
            int stretches = row.Axis == 0 ? columns : rows, length = row.Axis == 0 ? rows : columns;
            for (int s = 0; s < stretches; s++)
            {
                double[] after = row.OfStretch([.. Enumerable.Range(0, length).Select(i => (double)w.AsReadOnlySpan()[Place(s, i)])]);
                for (int i = 0; i < length; i++) expected[Place(s, i)] = after[i];
            }

            Tensor held = w.Clone();
            row.Constraint.Apply(held);
            held.ShouldBeCloseTo(expected, 3e-7, $"{name} of [{rows}, {columns}]");

            int Place(int stretch, int i) => row.Axis == 0 ? i * columns + stretch : stretch * columns + i;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Zeros_stay_and_large_values_are_held_without_overflow(int index, string name)
    {
        ConstraintRow row = ConstraintContract.Rows[index];
        Tensor zeros = Tensor.Zeros([4, 5]), large = Tensor.Full([4, 5], 1e30f);
        row.Constraint.Apply(zeros);
        zeros.ToArray().Should().OnlyContain(v => v == 0f, name);
        row.Constraint.Apply(large);
        large.ShouldBeCloseTo([.. Enumerable.Repeat(row.OfStretch([.. Enumerable.Repeat(1e30, row.Axis == 0 ? 4 : 5)])[0], 20)], 1e-6, name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_it_has_made_it_leaves(int index, string name)
    {
        Constraint constraint = ConstraintContract.Rows[index].Constraint;
        Tensor w = Tensor.RandomNormal([6, 7], seed: 2);
        constraint.Apply(w);
        double[] once = [.. w.ToArray().Select(v => (double)v)];
        constraint.Apply(w);
        w.ShouldBeCloseTo(once, 3e-7, name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_shape_that_it_cannot_hold_is_refused_where_the_parameter_is_declared(int index, string name)
    {
        ConstraintRow row = ConstraintContract.Rows[index];
        row.Constraint.ToString().Should().Be(name);
        row.Constraint.Validate([4, 5]);
        if (row.Refused is not { } shape) return;
        var options = new ParameterOptions { Constraint = row.Constraint };
        FluentActions.Invoking(() => new ParameterSet(("scale", shape, options)))
            .Should().Throw<ShapeMismatchException>(name).WithMessage($"scale: {name}*{shape}*");
        new LayerBuilder().Invoking(b => b.AddParameter("scale", shape, Constant.Zeros, options)).Should().Throw<ShapeMismatchException>(name);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    public void A_maximum_that_is_not_positive_and_finite_is_refused(double maximum)
        => FluentActions.Invoking(() => new MaxNorm(maximum)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(maximum));
}

using System.Runtime.InteropServices;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Contracts;

/// <summary>What every layer promises, run over every row of <see cref="LayerContract"/>.</summary>
public sealed class LayerContractTests
{
    public static TheoryData<int, string> Rows() => ContractRows.Of(LayerContract.Rows);

    [Theory]
    [MemberData(nameof(Rows))]
    public void It_makes_the_shape_and_has_the_parameters_that_it_says(int index, string name)
    {
        LayerRow row = LayerContract.Rows[index];
        Sequential model = ModelOf(row);

        model.OutputShape.Should().Equal(row.Output, name);
        model.Parameters.Select(p => p.Name[(p.Name.IndexOf('.') + 1)..]).Should().Equal(row.Parameters, name);
        foreach (int batch in new[] { 0, 1, 3 })
            foreach (bool training in new[] { false, true })
                model.Forward(InputOf(row, batch), training: training).Shape.Should().Equal(row.Output.Prepend(batch), name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_gradients_of_its_input_and_of_each_parameter_equal_central_differences(int index, string name)
    {
        LayerRow row = LayerContract.Rows[index];

        if (row.Indices > 0 && row.HasGradient) GradientCheck.Verify(row.Layer, row.Batch(3)).Passed.Should().BeTrue(name);
        else if (row.HasGradient) GradientCheck.Verify(row.Layer, row.Input).Passed.Should().BeTrue(name);
        else
            row.Layer.Invoking(l => GradientCheck.Verify(l, row.Batch(3))).Should().Throw<ArgumentException>(name).WithMessage("*does not depend on anything*");
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_same_seed_gives_the_same_bits(int index, string name)
    {
        LayerRow row = LayerContract.Rows[index];
        int[] once = OutputAndGradients(row), again = OutputAndGradients(row);

        again.Should().Equal(once, name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_sample_does_not_depend_on_its_batch_in_inference(int index, string name)
    {
        LayerRow row = LayerContract.Rows[index];
        Sequential model = ModelOf(row);
        Tensor three = InputOf(row, 3), first = three.Slice(0, 0, 1);

        // Each element of a product is one chain of fused multiply-adds, whichever way the number of rows takes.
        Bits(model.Predict(first)).Should().Equal(Bits(model.Predict(three))[..row.Output.Size], name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Its_outputs_are_what_it_says(int index, string name)
    {
        LayerRow row = LayerContract.Rows[index];
        Sequential model = ModelOf(row);
        // What is normalized, or looked up, goes as far as its learned values.
        foreach (Parameter p in model.Parameters)
            if (p.Name.EndsWith(".gamma", StringComparison.Ordinal) || p.Name.EndsWith(".embeddings", StringComparison.Ordinal)) p.Assign(p.Value * 1e3f);
        Tensor y = model.Predict(row.Indices > 0 ? row.Batch(64) : Tensor.RandomNormal(row.Input.Prepend(64), seed: 1, 0f, 1e3f));
        if (y.IsInteger) return;
        float[] values = y.ToArray();
        int width = row.Output.Rank == 0 ? 1 : row.Output[-1];
        float[] sums = [.. values.Chunk(width).Select(c => c.Sum())], powers = [.. values.Chunk(width).Select(c => c.Sum(MathF.Exp))];

        (float least, float most) = (values.Min(), values.Max());
        bool isShare = least >= 0 && most <= 1, goesBothWays = least < -10 && most > 10;
        (row.Layer.OutputMeaning switch
        {
            OutputMeaning.Values => goesBothWays,
            OutputMeaning.Bounded => !goesBothWays && !isShare,
            OutputMeaning.UnitInterval or OutputMeaning.IndependentProbabilities => isShare && sums.Any(s => s > 1.5f),
            OutputMeaning.Probabilities => isShare && sums.All(s => MathF.Abs(s - 1) < 1e-5f),
            OutputMeaning.LogProbabilities => powers.All(s => MathF.Abs(s - 1) < 1e-5f),
            _ => false,
        }).Should().BeTrue($"{name} says {row.Layer.OutputMeaning} and makes numbers from {least} to {most}");
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_recycling_tape_allocates_nothing_in_its_third_step(int index, string name)
    {
        LayerRow row = LayerContract.Rows[index];
        Sequential model = ModelOf(row);
        Tensor x = InputOf(row, 3);
        foreach (bool training in new[] { false, true })
        {
            Allocations.Least(() =>
            {
                var tape = Tape.Recycling(records: training);
                var pass = new ForwardPass(model.Graph);
                Step();
                Step();
                return Allocations.Of(Step);

                void Step()
                {
                    tape.Reset();
                    pass[0] = training && !x.IsInteger ? tape.Watch(x) : tape.Constant(x);
                    pass.Run(model.Graph.All, tape, training, seed: 0, step: 0);
                    Tensor y = pass[1];
                    if (training && row.HasGradient) tape.Gradients(y.Sum());
                }
            }).Should().Be(0, $"{name}, training: {training}");
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Fault25_null_is_rejected_by_name(int index, string name)
    {
        LayerRow row = LayerContract.Rows[index];

        row.Layer.Invoking(l => l.Forward((Tensor)null!, default)).Should().Throw<ArgumentNullException>(name).WithParameterName("x");
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void It_prints_as_the_call_that_makes_it(int index, string name)
        => LayerContract.Rows[index].Layer.ToString().Should().StartWith(LayerContract.Rows[index].Layer.Kind + "(").And.EndWith(")", name);

    private static Sequential ModelOf(LayerRow row) => row.ModelOf();

    private static Tensor InputOf(LayerRow row, int batch) => row.Batch(batch);

    private static int[] Bits(Tensor tensor) => MemoryMarshal.Cast<float, int>(tensor.Bits).ToArray();

    private static int[] OutputAndGradients(LayerRow row)
    {
        Sequential model = ModelOf(row);
        var tape = new Tape();
        Tensor given = InputOf(row, 3), x = given.IsInteger ? given : tape.Watch(given);
        // In training, where a layer draws random numbers.
        Tensor y = model.Forward(x, tape, training: true);
        if (!row.HasGradient) return Bits(y);
        Gradients gradients = tape.Gradients(y, GradientCheck.Seed(y.Shape));
        return [.. Bits(y), .. given.IsInteger ? [] : Bits(gradients[x]), .. model.Parameters.SelectMany(p => Bits(gradients[p]))];
    }
}

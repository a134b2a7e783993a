using System.Reflection;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Contracts;

/// <summary>What every differentiable operation promises, run over every row of <see cref="OpContract"/>.</summary>
public sealed class OpContractTests
{
    public static TheoryData<int, string> Rows()
    {
        var data = new TheoryData<int, string>();
        for (int i = 0; i < OpContract.Rows.Count; i++) data.Add(i, OpContract.Rows[i].ToString());
        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_gradient_equals_central_differences(int index, string name)
    {
        OpRow row = OpContract.Rows[index];

        GradientCheck.Check(row.Function, row.Inputs, GradientCheck.DefaultTolerance).Should().Match<GradientCheckResult>(r => r.Passed, name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void One_tensor_in_two_places_gets_the_sum_of_both_gradients(int index, string name)
    {
        OpRow row = OpContract.Rows[index];
        Tensor[] once = GradientsOf(row.Function, row.Inputs), twice = GradientsOf(x => row.Function(x) + row.Function(x), row.Inputs);

        // The second share is added to the first in another order than a whole sum: a few roundings apart.
        for (int i = 0; i < once.Length; i++) twice[i].ShouldBeCloseTo((once[i] * 2f).ToArray(), 1e-5, name);
        if (row.Inputs.Length == 2 && row.Inputs[0].Shape == row.Inputs[1].Shape)
            GradientCheck.Verify(x => row.Function([x, x]), row.Inputs[0]);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Only_tracked_inputs_matter_and_untracked_inputs_give_an_untracked_result(int index, string name)
    {
        OpRow row = OpContract.Rows[index];
        Tensor[] all = GradientsOf(row.Function, row.Inputs);

        row.Function(row.Inputs).Should().Match<Tensor>(y => y.Owner == null && y.Node < 0, name);
        for (int i = 0; i < all.Length; i++)
        {
            var tape = new Tape();
            Tensor[] inputs = [.. row.Inputs];
            inputs[i] = tape.Watch(row.Inputs[i]);
            Tensor y = row.Function(inputs);
            tape.Gradients(y, GradientCheck.Seed(y.Shape))[inputs[i]].ToArray().Should().Equal(all[i].ToArray(), name);
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_recycling_tape_repeats_the_bits_and_allocates_nothing_in_its_third_step(int index, string name)
    {
        OpRow row = OpContract.Rows[index];
        Tensor[] expected = GradientsOf(row.Function, row.Inputs);
        var watched = new Tensor[row.Inputs.Length];
        Tensor seed = GradientCheck.Seed(row.Function(row.Inputs).Shape);
        Allocations.Least(() =>
        {
            var tape = Tape.Recycling(records: true);
            Gradients gradients = null!;
            long allocated = 0;
            for (int step = 1; step <= 3; step++)
            {
                allocated = Allocations.Of(Step);
                for (int i = 0; i < watched.Length; i++) gradients[watched[i]].ToArray().Should().Equal(expected[i].ToArray(), name);
            }

            return allocated;

            void Step()
            {
                tape.Reset();
                for (int i = 0; i < watched.Length; i++) watched[i] = tape.Watch(row.Inputs[i]);
                gradients = tape.Gradients(row.Function(watched), seed);
            }
        }).Should().Be(0, name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void FoundT06_where_the_result_does_not_count_no_NaN_or_infinity_of_an_input_comes_back(int index, string name)
    {
        OpRow row = OpContract.Rows[index];
        // A matrix product adds rows up: there 0·NaN is NaN, as Where says.
        if (row.Member.StartsWith("MatMul", StringComparison.Ordinal) || row.Member == "Linear") return;
        float[] extremes = [float.NaN, float.PositiveInfinity, 0f, float.NegativeInfinity, -1f, 1e30f, -1e30f];
        for (int first = 0; first < extremes.Length; first++)
        {
            int next = first;
            Tensor[] inputs = [.. row.Inputs.Select(x => Tensor.From([.. x.ToArray().Select(_ => extremes[next++ % extremes.Length])], x.Shape))];
            var tape = new Tape();
            Tensor[] watched = [.. inputs.Select(tape.Watch)];
            Tensor y = row.Function(watched);
            Gradients gradients = tape.Gradients(y, Tensor.Zeros(y.Shape));
            foreach (Tensor x in watched) gradients[x].ToArray().Should().NotContain(d => d != 0f, name);
        }
    }

    [Fact]
    public void Every_public_operation_on_tensors_is_in_the_table()
    {
        IEnumerable<string> operations = typeof(Tensor).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(m => m.ReturnType == typeof(Tensor))
            .Where(m => !m.IsStatic || m.GetParameters().Any(p => p.ParameterType == typeof(Tensor) || p.ParameterType.GetGenericArguments().Contains(typeof(Tensor))))
            .Select(OpContract.NameOf);
        string[] covered = [.. OpContract.Rows.Select(r => r.Member), .. OpContract.NotDifferentiable];

        operations.Except(covered).Should().BeEmpty("each operation needs a row in OpContract, or a place in its list of those without a gradient");
        covered.Except(operations).Should().BeEquivalentTo(OpContract.Internal, "a row that names no public operation covers nothing");
    }

    private static Tensor[] GradientsOf(Func<IReadOnlyList<Tensor>, Tensor> function, Tensor[] inputs)
    {
        var tape = new Tape();
        Tensor[] watched = [.. inputs.Select(tape.Watch)];
        Tensor y = function(watched);
        Gradients gradients = tape.Gradients(y, GradientCheck.Seed(y.Shape));
        return [.. watched.Select(x => gradients[x])];
    }
}

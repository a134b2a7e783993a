using System.Text.Json;

namespace DeepLearning.Tests.Optimizers;

/// <summary>
/// Every row of golden.json's <c>optimizers</c>: a kernel [4, 3] and a bias [3] after up to 1,000 given gradients, by PyTorch 2.11 and optax 0.2.8 in
/// float64. Settings that the rows do not name are those with which their figures come out.
/// </summary>
public sealed class GoldenOptimizerTests
{
    private static readonly int[] Steps = [1, 2, 3, 5, 10, 100, 1000];

    /// <summary>Rules that this library does not have.</summary>
    private static readonly string[] LeftOut =
    [
        "asgd", // an average of SGD's weights with a rate that decays by itself: UseEma and a schedule are the parts
        "sm3", "adan", "novograd", // of few users, in neither Keras nor PyTorch
    ];

    /// <summary>The row, and the optimizer.</summary>
    public static TheoryData<string, Optimizer> Rows => new()
    {
        { "sgd", new Sgd(0.01) },
        { "sgd_momentum", new Sgd(0.01, 0.9) },
        { "sgd_nesterov", new Sgd(0.01, 0.9, nesterov: true) },
        // An L2 penalty of 0.1: the parameters have the regularizer, see Parameters.
        { "sgd_l2", new Sgd(0.01, 0.9) },
        { "adagrad", new Adagrad(0.01) },
        { "adadelta", new Adadelta(1) { Rho = 0.95, Epsilon = 1e-6 } },
        // PyTorch adds ε outside the root. Its 1e-8 is nothing beside these gradients; inside, only 0 is as little.
        { "rmsprop", new RmsProp(1e-3) { Rho = 0.9, Epsilon = 1e-16 } },
        { "rmsprop_centered_momentum", new RmsProp(1e-3) { Rho = 0.9, Momentum = 0.5, Centered = true, Epsilon = 1e-16 } },
        // Here ε is added before the correction, where it counts up to √1000 as much: at most 1e-8·32 of a step.
        { "adam", new Adam(1e-3) { Epsilon = 1e-8 } },
        { "adam_amsgrad", new Adam(1e-3) { Epsilon = 1e-8, AmsGrad = true } },
        { "adamw", new AdamW(1e-3, 0.1) { Epsilon = 1e-8 } },
        { "adamax", new Adamax(2e-3) { Epsilon = 1e-8 } },
        { "nadam", new Nadam(2e-3) { Epsilon = 1e-8, MomentumDecay = 0.004 } },
        { "radam", new RAdam(1e-3) { Epsilon = 1e-8 } },
        { "rprop", new Rprop(0.01) },
        { "lion", new Lion(1e-4) },
        { "lamb", new Lamb(1e-3) { Epsilon = 1e-6, WeightDecay = 0.01, DecayInRatio = true } },
        // The decay within the ratio is an L2 penalty too: see Parameters.
        { "lars", new Lars(0.01) },
        { "adafactor", new Adafactor(1e-3) },
        { "adabelief", new AdaBelief(1e-3) },
        // optax begins the mean, too, at 1e-6, which counts for 4e-7.
        { "yogi", new Yogi(1e-3) },
        { "muon_torch", new Muon(0.02, weightDecay: 0) { NewtonSchulzSteps = 5 } },
    };

    [SkippableTheory]
    [MemberData(nameof(Rows))]
    public void The_weights_are_those_of_PyTorch_and_optax(string name, Optimizer optimizer)
    {
        IReadOnlyDictionary<string, Tensor> golden = Safetensors.Load(File("golden.safetensors"));
        ParameterSet parameters = Parameters(name);
        foreach (Parameter p in parameters) p.Assign(golden[$"optimizers/w0/{p.Name}"]);
        float[] kernel = golden["optimizers/gradients/kernel"].ToArray(), bias = golden["optimizers/gradients/bias"].ToArray();
        int compared = 0;
        for (int t = 1; t <= 1000; t++)
        {
            var tape = new Tape();
            Tensor loss = (tape.Watch(parameters["kernel"]) * Tensor.From(kernel.AsSpan(12 * (t - 1), 12), [4, 3])).Sum()
                + (tape.Watch(parameters["bias"]) * Tensor.From(bias.AsSpan(3 * (t - 1), 3))).Sum();
            if (parameters.Penalty(tape) is { } penalty) loss += penalty;
            optimizer.Update(parameters, tape.Gradients(loss));
            if (!Steps.Contains(t)) continue;
            // A rounding of a weight up to 4 is at most 2⁻²³, and equal steps round alike; 1e-6 is for the state and for ε.
            // PyTorch's Muon multiplies in bfloat16.
            double tolerance = name == "muon_torch" ? 1e-2 : 1e-6 + t * Math.Pow(2, -23);
            foreach (Parameter p in parameters)
            {
                if (!golden.TryGetValue($"optimizers/{name}/{t}/{p.Name}", out Tensor? expected)) continue;
                float[] weights = p.Value.ToArray(), wanted = expected.ToArray();
                for (int i = 0; i < wanted.Length; i++)
                    ((double)weights[i]).Should().BeApproximately(wanted[i], tolerance, "{0}: {1}[{2}] at step {3}", name, p.Name, i, t);
                compared++;
            }
        }

        compared.Should().BeGreaterThanOrEqualTo(name == "muon_torch" ? 6 : 14);
    }

    [SkippableFact]
    public void Every_row_is_tested_or_left_out_for_a_reason()
    {
        using JsonDocument golden = JsonDocument.Parse(System.IO.File.ReadAllText(File("golden.json")));
        golden.RootElement.GetProperty("optimizers").EnumerateObject().Select(row => row.Name)
            .Should().BeEquivalentTo([.. Rows.Select(row => (string)row[0]), .. LeftOut]);
    }

    /// <summary>Kernel and bias, with the penalty of the row: L2(λ) adds λw², whose slope is 2λw.</summary>
    private static ParameterSet Parameters(string row)
    {
        ParameterOptions? options = row switch
        {
            "sgd_l2" => new ParameterOptions { Regularizer = new L2(0.05) },
            "lars" => new ParameterOptions { Regularizer = new L2(0.005) },
            _ => null,
        };
        return new ParameterSet(("kernel", [4, 3], options), ("bias", [3], options));
    }

    private static string File(string name)
    {
        string? data = Environment.GetEnvironmentVariable("DEEPLEARNING_DATA");
        string file = Path.Combine(data ?? ".", "..", "golden", name);
        Skip.If(data is null || !System.IO.File.Exists(file), $"DEEPLEARNING_DATA names no folder beside which golden/{name} lies.");
        return file;
    }
}

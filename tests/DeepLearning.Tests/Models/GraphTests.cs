using DeepLearning.Tests.Support;
using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Models;

public sealed class GraphTests
{
    [Fact]
    public void The_documented_model_of_two_inputs_computes_what_its_layers_do()
    {
        Node pixels = Model.Input(28, 28), age = Model.Input(1);
        Node h = pixels.Flatten().Dense(64).Relu();
        Node y = Node.Concatenate(h, age.Dense(8).Relu()).Dense(10).Softmax();
        ModelBuilder builder = Model.Of([pixels, age], [y]);
        Model model = builder.Build(seed: 42);

        Tensor image = Tensor.RandomNormal([3, 28, 28], seed: 1), years = Tensor.RandomNormal([3, 1], seed: 2);
        ParameterSet p = model.Parameters;
        Tensor left = (image.Reshape(3, 784).MatMul(p["dense.kernel"].Value) + p["dense.bias"].Value).Relu();
        Tensor right = (years.MatMul(p["dense_1.kernel"].Value) + p["dense_1.bias"].Value).Relu();
        Tensor expected = (Tensor.Concatenate(1, left, right).MatMul(p["dense_2.kernel"].Value) + p["dense_2.bias"].Value).Softmax();

        model.Predict([image, years])[0].ShouldBeCloseTo(expected.ToArray(), 1e-6);
        model.Inputs.Should().Equal(new ModelInput("input", [28, 28]), new ModelInput("input_1", [1]));
        model.Outputs.Should().Equal(new ModelOutput("softmax", [10]));
    }

    [Fact]
    public void A_straight_graph_has_the_bits_of_the_Sequential_of_the_same_layers()
    {
        Node x = Model.Input(4);
        Model graph = Model.Of(x, x.Dense(8).Relu().Dropout(0.2).Dense(3).Softmax()).Build(seed: 7);
        Sequential chain = Sequential.Input(4).Dense(8).Relu().Dropout(0.2).Dense(3).Softmax().Build(seed: 7);
        foreach (Model model in new[] { graph, chain })
        {
            model.Compile(new Adam(0.01), new SparseCategoricalCrossEntropy(), new Accuracy());
            model.Fit(TrainingCases.Blobs(48), new FitOptions(epochs: 3, batchSize: 8));
        }

        graph.Bits().Should().Equal(chain.Bits());
        graph.ToString().Should().Be(chain.ToString());
    }

    [Fact]
    public void A_residual_block_adds_what_comes_in_to_what_it_makes()
    {
        Sequential model = Sequential.Input(4).Residual(b => b.Dense(4).Tanh()).Build(seed: 1);
        Tensor x = Tensor.RandomNormal([5, 4], seed: 2);
        Tensor block = (x.MatMul(model.Parameters["dense.kernel"].Value) + model.Parameters["dense.bias"].Value).Tanh();
        model.Predict(x).ShouldBeCloseTo((x + block).ToArray(), 1e-6);
    }

    [Fact]
    public void Branches_are_concatenated_in_their_order()
    {
        Sequential model = Sequential.Input(3).Parallel(a => a.Dense(2), b => b.Dense(4).Tanh()).Build(seed: 1);
        Tensor x = Tensor.RandomNormal([5, 3], seed: 2);
        ParameterSet p = model.Parameters;
        Tensor left = x.MatMul(p["dense.kernel"].Value) + p["dense.bias"].Value, right = (x.MatMul(p["dense_1.kernel"].Value) + p["dense_1.bias"].Value).Tanh();
        model.Predict(x).ShouldBeCloseTo(Tensor.Concatenate(1, left, right).ToArray(), 1e-6);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Gradients_agree_with_central_differences(string name)
    {
        Model model = Make(name);
        Tensor[] inputs = [.. model.Inputs.Select((input, i) => Tensor.RandomNormal(input.Shape.Prepend(3), seed: (ulong)i + 1))];
        GradientCheck.Verify(given => Sum(model.Forward(given, training: false)), inputs);

        var tape = new Tape();
        Gradients gradients = tape.Gradients(Sum(model.Forward(inputs, tape, training: false)));
        foreach (Parameter parameter in model.Parameters) Slopes(model, inputs, parameter).ShouldBeCloseTo(gradients[parameter].ToArray(), 5e-3);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_saved_model_predicts_the_same_bits(string name)
    {
        Model model = Make(name);
        Tensor[] inputs = [.. model.Inputs.Select((input, i) => Tensor.RandomNormal(input.Shape.Prepend(4), seed: (ulong)i + 1))];
        using var file = new MemoryStream();
        model.Save(file);
        file.Position = 0;
        Model loaded = Model.Load(file);
        loaded.Predict(inputs).Zip(model.Predict(inputs)).Should().AllSatisfy(pair => pair.First.ToArray().Should().Equal(pair.Second.ToArray()));
        loaded.ToString().Should().Be(model.ToString());
        loaded.LayerNames.Should().Equal(model.LayerNames);
        loaded.Inputs.Should().Equal(model.Inputs);
        loaded.Outputs.Should().Equal(model.Outputs);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_copy_is_apart_from_the_model(string name)
    {
        Model model = Make(name), copy = model.Clone();
        int[] before = model.Bits();
        copy.Parameters[0].Value.AsSpan().Fill(9f);
        model.Bits().Should().Equal(before).And.NotEqual(copy.Bits());
        copy.SetWeights(model.GetWeights());
        copy.Bits().Should().Equal(before);
    }

    [Fact]
    public void A_shared_layer_has_one_set_of_parameters_and_the_gradients_of_all_its_calls()
    {
        Node left = Model.Input(3), right = Model.Input(3);
        Func<Node, Node> tower = Node.Share(x => x.Dense(2));
        Model model = Model.Of([left, right], [tower(left) + tower(right)]).Build(seed: 3);
        Tensor a = Tensor.RandomNormal([4, 3], seed: 1), b = Tensor.RandomNormal([4, 3], seed: 2);
        Tensor kernel = model.Parameters["dense.kernel"].Value, bias = model.Parameters["dense.bias"].Value;
        model.Parameters.Count.Should().Be(2);
        model.LayerNames.Should().Equal("dense", "dense#2", "add");
        model.Predict([a, b])[0].ShouldBeCloseTo((a.MatMul(kernel) + b.MatMul(kernel) + bias * 2).ToArray(), 1e-5);
        var tape = new Tape();
        Gradients gradients = tape.Gradients(model.Forward([a, b], tape)[0].Sum());
        gradients[model.Parameters["dense.kernel"]].ShouldBeCloseTo(
            (a + b).MatMul(Tensor.Ones([4, 2]), transposeThis: true).ToArray(), 1e-5);
    }

    [Fact]
    public void A_layer_object_that_is_appended_twice_has_parameters_of_its_own_each_time()
    {
        var dense = new Dense(3);
        Sequential.Input(3).Add(dense).Add(dense).Build().Parameters.Select(p => p.Name)
            .Should().Equal("dense.kernel", "dense.bias", "dense_1.kernel", "dense_1.bias");
    }

    [Fact]
    public void A_model_in_another_begins_with_copies_of_its_weights()
    {
        Sequential inner = Sequential.Input(4).Dense(5).Tanh().Build(seed: 1);
        inner.Parameters[0].Value.AsSpan().Fill(0.5f);
        Sequential outer = Sequential.Input(4).Add(inner).Dense(2).Build(seed: 9);
        outer.Parameters["dense.kernel"].Value.ToArray().Should().OnlyContain(w => w == 0.5f);
        outer.LayerNames.Should().Equal("dense", "tanh", "dense_1");
        outer.Parameters[0].Value.AsSpan().Clear();
        inner.Parameters[0].Value.ToArray().Should().OnlyContain(w => w == 0.5f);
    }

    [Fact]
    public void A_new_head_stands_on_the_layers_up_to_a_name()
    {
        Sequential trained = Sequential.Input(4).Dense(6).Relu().Dense(3).Softmax().Build(seed: 1);
        Model model = Model.Of(trained.InputNodes, [trained.Upto("relu").Dense(5).Named("head").Softmax()]).Build(seed: 2);
        model.LayerNames.Should().Equal("dense", "relu", "head", "softmax");
        model.Parameters["dense.kernel"].Value.ToArray().Should().Equal(trained.Parameters["dense.kernel"].Value.ToArray());
        trained.Invoking(t => t.Upto("dense_7")).Should().Throw<ArgumentException>().WithMessage("*dense_7*dense, relu, dense_1, softmax*");
    }

    [Fact]
    public void It_reads_as_the_code_that_builds_it()
    {
        Sequential.Input(32).Dense(64).Relu()
            .Residual(b => b.Dense(64).Relu().Dense(64))
            .Parallel(a => a.Dense(16), b => b.Residual(c => c.Dense(64), s => s.Dense(64)).Named("sum").Tanh())
            .Dense(3).Softmax().Build(seed: 1).ToString().Should().Be(
                "Sequential.Input(32).Dense(64).Relu().Residual(b => b.Dense(64).Relu().Dense(64)).Parallel(b => b.Dense(16), "
                + "b => b.Residual(b => b.Dense(64), shortcut: b => b.Dense(64)).Named(\"sum\").Tanh()).Dense(3).Softmax(): 20,035 parameters");
        Make("two inputs").ToString().Should().Be(string.Join(
            Environment.NewLine, "input = Model.Input(3)", "input_1 = Model.Input(2)", "tanh = input.Dense(4).Tanh()", "tanh_1 = input_1.Dense(4).Tanh()",
            "dense_2 = Node.Concatenate(tanh, tanh_1).Dense(2)", "Model.Of([input, input_1], [dense_2]): 46 parameters"));
    }

    [Fact]
    public void A_diagram_has_every_value_and_every_way()
        => Make("two inputs").ToMermaid().Split(Environment.NewLine).Should().Contain([
            "flowchart TD", "    v0([\"input [batch, 3]\"])", "    v2[\"dense: Dense(4)<br/>[batch, 4]\"]", "    v0 --> v2", "    v3 --> v6", "    v5 --> v6",
        ]);

    [Fact]
    public void A_wrong_shape_names_the_nodes()
    {
        Node a = Model.Input(3).Named("left"), b = Model.Input(2);
        Model.Of([a, b], [a.Dense(4) + b.Dense(5)]).Invoking(m => m.Build()).Should().Throw<ShapeMismatchException>()
            .WithMessage("layer add (Add()): adds values of one shape; dense (Dense(4)) produces [batch, 4], dense_1 (Dense(5)) produces [batch, 5]");
        Model.Of([a], [a + b]).Invoking(m => m.Build()).Should().Throw<ArgumentException>().WithMessage("*depend on Input(2)*Model.Of*");
        Model.Of([a, b], [a.Dense(1)]).Invoking(m => m.Build()).Should().Throw<ArgumentException>().WithMessage("*No output depends on Input(2)*");
        FluentActions.Invoking(() => a.Named("again")).Should().Throw<InvalidOperationException>().WithMessage("*'left'*'again'*");
        FluentActions.Invoking(() => b.Named("a b")).Should().Throw<ArgumentException>().WithMessage("*'a b'*");
        Model.Of(b, b.Dense(1).Named("x").Dense(2).Named("x")).Invoking(m => m.Build()).Should().Throw<ArgumentException>().WithMessage("*'x'*");
    }

    [Fact]
    public void Inputs_of_another_number_shape_or_length_are_refused_by_name()
    {
        Model model = Make("two inputs");
        model.Invoking(m => m.Predict([Tensor.Zeros([1, 3])])).Should().Throw<ArgumentException>().WithMessage("*2 inputs*input [batch, 3]*got 1*");
        model.Invoking(m => m.Predict([Tensor.Zeros([1, 3]), Tensor.Zeros([1, 3])])).Should().Throw<ShapeMismatchException>().WithMessage("*input_1 expects [batch, 2]*");
        model.Invoking(m => m.Predict([Tensor.Zeros([1, 3]), Tensor.Zeros([2, 2])])).Should().Throw<ShapeMismatchException>().WithMessage("*numbers of rows*");
        model.Invoking(m => m.InputShape).Should().Throw<InvalidOperationException>().WithMessage("*input, input_1*Inputs*");
    }

    [Fact]
    public void A_model_over_another_shape_is_refused_with_both_shapes()
    {
        Sequential small = Sequential.Input(4).Dense(8).Build(seed: 1);
        foreach (int features in new[] { 3, 6 })
            Sequential.Input(features).Add(small).Invoking(b => b.Build()).Should().Throw<ShapeMismatchException>()
                .WithMessage($"*Dense(8)*has kernel [4, 8], bias [8]*would need kernel [{features}, 8]*");
    }

    [Fact]
    public void Outputs_that_no_layer_makes_or_that_are_listed_twice_are_refused()
    {
        Node x = Model.Input(3), y = x.Dense(2);
        Model.Of(x, x).Invoking(m => m.Build()).Should().Throw<ArgumentException>().WithMessage("*Input(3) is an input*");
        Model.Of([x], [y, y]).Invoking(m => m.Build()).Should().Throw<ArgumentException>().WithMessage("*listed twice*");
    }

    [Fact]
    public void A_branch_or_a_layer_that_returns_null_is_named()
    {
        FluentActions.Invoking(() => Sequential.Input(2).Residual(_ => null!)).Should().Throw<InvalidOperationException>().WithMessage("*returned no node*");
        FluentActions.Invoking(() => Sequential.Input(2).Parallel(b => b.Relu(), _ => null!)).Should().Throw<InvalidOperationException>().WithMessage("*returned no node*");
        Sequential.Input(2).Add(new Nothing()).Build().Invoking(m => m.Predict(Tensor.Zeros([1, 2]))).Should().Throw<InvalidOperationException>()
            .WithMessage("layer 1 (Nothing()) returned null*");
    }

    [Fact]
    public void Weights_are_set_from_the_model_s_own_tensors_and_indices_are_none()
    {
        Sequential model = Sequential.Input(2).Dense(2).Named("a").Dense(2).Named("b").Build(seed: 1);
        Dictionary<string, Tensor> own = model.Parameters.ToDictionary(p => p.Name, p => p.Value);
        float[] a = own["a.kernel"].ToArray(), b = own["b.kernel"].ToArray();
        (own["a.kernel"], own["b.kernel"]) = (own["b.kernel"], own["a.kernel"]);
        model.SetWeights(own);
        model.Parameters["a.kernel"].Value.ToArray().Should().Equal(b);
        model.Parameters["b.kernel"].Value.ToArray().Should().Equal(a);
        var indices = new Dictionary<string, Tensor>(model.GetWeights()) { ["b.bias"] = Tensor.FromIndices(1, 2) };
        indices["a.kernel"] = Tensor.Zeros([2, 2]);
        model.Invoking(m => m.SetWeights(indices)).Should().Throw<ArgumentException>().WithMessage("*b.bias has indices*");
        model.Parameters["a.kernel"].Value.ToArray().Should().Equal(b);
    }

    [Fact]
    public async Task A_predictor_of_indices_answers_on_another_thread_too()
    {
        Sequential model = Sequential.Indices(2).Add(new Pick()).Build();
        Tensor words = Tensor.FromIndices(new[,] { { 1, 0 }, { 2, 2 } });
        Predictor predictor = model.ToPredictor();
        float[] expected = model.Predict(words).ToArray();
        (await predictor.PredictAsync(words)).ToArray().Should().Equal(expected);
        predictor.WarmUp(2);
        model.Invoking(m => m.Predict(Tensor.Zeros([2, 2]))).Should().Throw<ArgumentException>().WithMessage("*takes indices*FromIndices*");
        Sequential.Input(2).Dense(1).Build().Invoking(m => m.Predict(words)).Should().Throw<ArgumentException>().WithMessage("*float32*Indices*");
    }

    [Fact]
    public void A_model_is_built_from_values_of_one_moment()
    {
        Sequential trained = TrainingCases.Classifier();
        Exception? refused = null;
        // Within the run, from another thread.
        var other = new Recorder(batch: (c, _) =>
        {
            var thread = new Thread(() =>
            {
                try
                {
                    Sequential.Input(4).Add(trained).Build();
                }
                catch (InvalidOperationException expected)
                {
                    refused = expected;
                }
            });
            thread.Start();
            thread.Join();
        });
        trained.Fit(TrainingCases.Blobs(8), new FitOptions(epochs: 1, batchSize: 8) { Callbacks = [other] });
        refused.Should().NotBeNull();
        refused!.Message.Should().Contain("being trained by another thread");
    }

    [Fact]
    public void A_chain_and_a_node_have_the_same_words()
    {
        LayerChain<SequentialBuilder> chain = Sequential.Input(2);
        LayerChain<Node> node = Model.Input(2);
        chain.Dense(1).Build().LayerNames.Should().Equal("dense");
        node.Dense(1).ToString().Should().Be("Dense(1)");
    }

    public static TheoryData<string> Models => new("residual", "two inputs", "two outputs", "shared", "nested");

    internal static Model Make(string name)
    {
        Node x = Model.Input(3), y = Model.Input(2), z = Model.Input(3);
        Func<Node, Node> tower = Node.Share(n => n.Dense(4).Tanh());
        Node h = x.Dense(4).Tanh();
        return name switch
        {
            "residual" => Sequential.Input(3).Dense(4).Residual(b => b.Tanh().Dense(4)).Dense(2).Build(seed: 1),
            "two inputs" => Model.Of([x, y], [Node.Concatenate(x.Dense(4).Tanh(), y.Dense(4).Tanh()).Dense(2)]).Build(seed: 2),
            "two outputs" => Model.Of([x], [h.Dense(2), h.Dense(1).Sigmoid()]).Build(seed: 3),
            "shared" => Model.Of([x, z], [(tower(x) + tower(z)).Dense(2)]).Build(seed: 4),
            "nested" => Sequential.Input(3).Add(Sequential.Input(3).Dense(4).Tanh().Build(seed: 5)).Add(Make("residual of four")).Build(seed: 6),
            "residual of four" => Sequential.Input(4).Residual(b => b.Dense(4).Tanh()).Dense(2).Build(seed: 7),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
    }

    private sealed class Nothing : Layer
    {
        public override Tensor Forward(Tensor x, LayerContext context) => null!;
    }

    /// <summary>A row of a small table for each index.</summary>
    private sealed class Pick : Layer
    {
        public override Shape Build(Shape input, LayerBuilder builder)
        {
            builder.AddParameter("table", [3, 2], new RandomNormal());
            return [.. input, 2];
        }

        public override Tensor Forward(Tensor x, LayerContext context) => context["table"].Gather(0, x);
    }

    /// <summary>All outputs in one number, no two elements with the same weight.</summary>
    private static Tensor Sum(IReadOnlyList<Tensor> outputs)
        => outputs.Select((y, i) => (y * Tensor.RandomUniform(y.Shape, seed: (ulong)i + 50, 0.5, 1.5)).Sum()).Aggregate((a, b) => a + b);

    private static Tensor Slopes(Model model, Tensor[] inputs, Parameter parameter)
    {
        Tensor slopes = Tensor.Zeros(parameter.Shape);
        Span<float> values = parameter.Value.AsSpan();
        for (int i = 0; i < values.Length; i++)
        {
            float before = values[i], step = 1f / 64;
            values[i] = before + step;
            double high = (float)Sum(model.Forward(inputs));
            values[i] = before - step;
            double low = (float)Sum(model.Forward(inputs));
            values[i] = before;
            slopes.AsSpan()[i] = (float)((high - low) / (2 * step));
        }

        return slopes;
    }
}

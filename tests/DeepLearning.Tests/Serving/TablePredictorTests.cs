using System.Text.Json;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Serving;

public sealed class TablePredictorTests
{
    private static readonly Table Rows = Table.FromRows(["city", "age", "kind", "price"],
        [.. Enumerable.Range(0, 60).Select(i => (IReadOnlyList<object?>)[i % 2 == 0 ? "Bern" : "Chur", i % 7, i % 3 == 0 ? "flat" : "house", 1000
            + 200 * (i % 2) + 50 * (i % 7) + 0.5])]);

    private static readonly TableEncoder Encoder = new TableEncoder().With("city", Column.OneHot()).With("age", Column.Standard());

    [Fact]
    public void A_row_by_name_gives_the_number_in_its_own_unit()
    {
        TablePredictor predictor = Trained(Encoder.WithTarget("price", Column.Standard()), i => i.Dense(8).Tanh().Dense(1),
            new MeanSquaredError()).ToTablePredictor();
        double price = predictor.Predict(new Dictionary<string, object?> { ["age"] = 3, ["city"] = "Chur" });
        price.Should().BeApproximately(1350.5, 25);
        predictor.Predict(Rows)[3].Should().Be(price);
        predictor.Predict(new Dictionary<string, object?> { ["city"] = "Chur", ["age"] = 3, ["price"] = null, ["name"] = "x" }).Should().Be(price);
        predictor.Encoding.TargetColumns.Should().Equal("price");
        predictor.Invoking(p => p.Predict(new Dictionary<string, object?> { ["city"] = "Chur", ["Age"] = 3 }))
            .Should().Throw<TableMismatchException>().WithMessage("Column 'age' is not there: the row has city, Age. A missing value is a null, not a missing "
            + "column.").Which.Column.Should().Be("age");
        predictor.Invoking(p => p.Predict(new Dictionary<string, object?> { ["city"] = "Chur", ["age"] = "3" }))
            .Should().Throw<TableMismatchException>().WithMessage("Column 'age': expected numbers, as fitted, got text, such as '3' in row 0.");
        predictor.Invoking(p => p.Classify(Rows))
            .Should().Throw<InvalidOperationException>().WithMessage("The model predicts price, which is a number: use Predict.");
    }

    [Fact]
    public void What_a_row_has_beside_the_columns_of_the_model_may_be_of_any_type()
    {
        TablePredictor predictor = Trained(Encoder.WithTarget("price", Column.Standard()), i => i.Dense(1), new MeanSquaredError()).ToTablePredictor();
        var row = JsonSerializer.Deserialize<Dictionary<string, object?>>("""{"city":"Chur","age":3,"tags":["new"],"owner":{"name":"x"}}""")!;
        double price = predictor.Predict(row);
        row["price"] = double.NaN;
        row["made"] = DateTimeOffset.UnixEpoch;
        predictor.Predict(row).Should().Be(price);
        predictor.PredictAll(row)["price"][0].Should().Be(price);
    }

    [Theory]
    [InlineData(double.NaN, "The value of column 'age' in row 0 is NaN: expected a finite number, or null*")]
    [InlineData(float.PositiveInfinity, "The value of column 'age' in row 0 is *: expected a finite number*")]
    [InlineData(long.MaxValue, "The value of column 'age' in row 0 is 9223372036854775807, but*")]
    [InlineData("[3]", "The value of column 'age' in row 0 is a JSON Array*")]
    [InlineData("1e400", "The value of column 'age' in row 0 is *: expected a finite number*")]
    public void A_value_that_no_table_can_hold_is_a_mismatch_of_column_and_row(object age, string message)
    {
        TablePredictor predictor = Trained(Encoder.WithTarget("price", Column.Standard()), i => i.Dense(1), new MeanSquaredError()).ToTablePredictor();
        object value = age is string json ? JsonSerializer.Deserialize<JsonElement>(json) : age;
        TableMismatchException fault = predictor.Invoking(p => p.Predict(new Dictionary<string, object?> { ["city"] = "Chur", ["age"] = value }))
            .Should().Throw<TableMismatchException>().WithMessage(message).Which;
        (fault.Column, fault.Row).Should().Be(("age", 0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_row_by_name_gives_the_class_with_its_probability(bool single)
    {
        TableEncoder encoder = new TableEncoder().With("price", Column.Standard()).WithTarget("city", Column.Class());
        Model model = single
            ? Trained(encoder, i => i.Dense(8).Tanh().Dense(1).Sigmoid(), new BinaryCrossEntropy())
            : Trained(encoder, i => i.Dense(8).Tanh().Dense(2).Softmax(), new SparseCategoricalCrossEntropy());
        TablePredictor predictor = model.ToTablePredictor();
        model.ClassNames.Should().Equal("Bern", "Chur");
        Classification<string> dear = predictor.Classify(new Dictionary<string, object?> { ["price"] = 1500.5 }),
            cheap = predictor.Classify(new Dictionary<string, object?> { ["price"] = 1000.5 });
        (dear.Label, cheap.Label).Should().Be(("Chur", "Bern"));
        Tensor outputs = model.Predict(model.Encoding!.TransformInputs(Table.FromRows(["price"], [[1500.5]])))[0];
        dear.Probability.Should().Be(outputs.ToArray()[^1]);
        predictor.Classify(Rows).Should().HaveCount(60);
        predictor.Invoking(p => p.Predict(Rows))
            .Should().Throw<InvalidOperationException>().WithMessage("The model predicts city, which is a class: use Classify.");
    }

    [Fact]
    public void Several_targets_come_back_as_a_table()
    {
        Table rows = Rows.With(TableColumn.Texts("dear", [.. Enumerable.Range(0, 60).Select(r => Rows["price"].NumberAt(r) > 1225 ? "yes" : "no")]));
        TableEncoding encoding = new TableEncoder().With("city", Column.Index()).With("age", Column.MinMax())
            .WithTarget("price", Column.Standard()).WithTarget("dear", Column.Class()).Fit(rows);
        Node values = Model.Input(encoding.Inputs[0].Shape), city = Model.Indices(encoding.Inputs[1].Shape);
        Node h = Node.Concatenate(values, city.Add(new Lookup(encoding.Inputs[1].IndexCount)).Flatten()).Dense(8).Tanh();
        Model model = Model.Of([values, city], [h.Dense(1), h.Dense(2).Softmax()]).Build(seed: 1);
        model.Compile(new Adam(0.05), [new MeanSquaredError(), new SparseCategoricalCrossEntropy()]);
        model.Fit(encoding.Transform(rows), new FitOptions { Epochs = 60, BatchSize = 10 });
        model.Encoding = encoding;
        Table all = model.ToTablePredictor().PredictAll(Rows);
        EncodedOutput output = encoding.Outputs[1];
        output.ClassNames.Should().Equal("no", "yes");
        all.Columns.Select(c => c.Name).Should().Equal("price", "dear", "dear probability");
        all["price"].NumberAt(3).Should().BeApproximately(1350.5, 60);
        all["dear"].TextAt(3).Should().Be("yes");
        all["dear probability"].NumberAt(3).Should().BeInRange(0.5, 1);
        model.ToTablePredictor().PredictAll(new Dictionary<string, object?> { ["city"] = "Chur", ["age"] = 3 })["price"][0].Should().Be(all["price"][3]);
        model.ToTablePredictor().Invoking(p => p.Predict(Rows))
            .Should().Throw<InvalidOperationException>().WithMessage("The model predicts price, dear: use PredictAll.");
    }

    [Fact]
    public void A_model_without_an_encoding_or_without_probabilities_is_refused()
    {
        using var folder = new ScratchFolder();
        Sequential bare = Sequential.Input(3).Dense(1).Build();
        bare.Invoking(m => m.ToTablePredictor()).Should().Throw<InvalidOperationException>().WithMessage("*no encoding of a table: set model.Encoding*");
        string path = Path.Combine(folder.Path, "bare.safetensors");
        bare.Save(path);
        FluentActions.Invoking(() => TablePredictor.Load(path)).Should().Throw<ModelFormatException>().WithMessage("*without the encoding of a table*");
        Sequential logits = Sequential.Input(3).Dense(2).Build();
        logits.Encoding = Encoder.WithTarget("kind", Column.Class()).Fit(Rows);
        logits.Invoking(m => m.ToTablePredictor())
            .Should().Throw<InvalidOperationException>().WithMessage("The class kind needs probabilities, but the output dense gives Values*");
        Sequential without = Sequential.Input(3).Dense(2).Build();
        without.Encoding = Encoder.Fit(Rows);
        without.Invoking(m => m.ToTablePredictor()).Should().Throw<InvalidOperationException>().WithMessage("The encoding has no targets*");
    }

    [Fact]
    public void Sixty_four_threads_get_the_bits_of_one()
    {
        TablePredictor predictor = Trained(Encoder.WithTarget("price", Column.Standard()), i => i.Dense(8).Tanh().Dense(1),
            new MeanSquaredError()).ToTablePredictor();
        double[] expected = predictor.Predict(Rows);
        var wrong = new int[64];
        var threads = Enumerable.Range(0, 64).Select(t => new Thread(() =>
        {
            for (int i = 0; i < 30; i++)
            {
                int r = (i + t) % Rows.Count;
                var row = new Dictionary<string, object?> { ["city"] = Rows["city"][r], ["age"] = Rows["age"][r] };
                if (predictor.Predict(row) != expected[r]) wrong[t]++;
            }
        })).ToArray();
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        wrong.Should().OnlyContain(count => count == 0);
    }

    [Fact]
    public void A_model_that_replaces_another_brings_its_own_encoding_and_needs_the_same_columns()
    {
        TableEncoder encoder = Encoder.WithTarget("price", Column.Standard());
        Model first = Trained(encoder, i => i.Dense(1), new MeanSquaredError()),
            second = Trained(encoder.With("age", Column.MinMax()), i => i.Dense(1), new MeanSquaredError());
        using var reloading = new ReloadingPredictor(first.ToPredictor);
        TablePredictor predictor = TablePredictor.Of(reloading);
        predictor.Predict(Rows).Should().Equal(first.ToTablePredictor().Predict(Rows));
        reloading.Replace(second.ToPredictor());
        predictor.Predict(Rows).Should().Equal(second.ToTablePredictor().Predict(Rows));
        reloading.Invoking(r => r.Replace(Sequential.Input(3).Dense(1).Build().ToPredictor())).Should().Throw<InvalidDataException>()
            .WithMessage("The new model takes no rows of a table, the one in service rows with age, city for price.");
        using var bare = new ReloadingPredictor(Sequential.Input(3).Dense(1).Build().ToPredictor);
        bare.Invoking(r => r.Replace(second.ToPredictor())).Should().NotThrow("a model may gain an encoding");
    }

    private static Sequential Trained(TableEncoder encoder, Func<SequentialBuilder, SequentialBuilder> layers, Loss loss)
    {
        TableEncoding encoding = encoder.Fit(Rows);
        Sequential model = layers(Sequential.Input(encoding.InputShape)).Build(seed: 1);
        model.Compile(new Adam(0.05), loss);
        model.Fit(encoding.Transform(Rows), new FitOptions { Epochs = 60, BatchSize = 10 });
        model.Encoding = encoding;
        return model;
    }

    private sealed class Lookup(int count) : Layer
    {
        public override Shape Build(Shape input, LayerBuilder builder)
        {
            builder.AddParameter("table", [count, 2], new RandomUniform());
            return [.. input, 2];
        }

        public override Tensor Forward(Tensor x, LayerContext context) => context["table"].Gather(0, x);
    }
}

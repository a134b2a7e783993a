using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Serialization;

/// <summary>An encoding of tables travels in the model file.</summary>
public sealed class ModelEncodingTests
{
    private static readonly Table Rows = Table.FromRows(["city", "age", "kind"], [["Bern", 0.1, "a"], ["Chur", 1 / 3.0, "b"], ["Bern", 7.7, "b"]]);

    private static readonly TableEncoding Encoding = new TableEncoder().With("city", Column.OneHot()).With("age", Column.Standard()).WithTarget("kind",
        Column.Class()).Fit(Rows);

    [Fact]
    public void It_comes_back_with_the_model_and_with_copies_of_it()
    {
        using var folder = new ScratchFolder();
        string path = Path.Combine(folder.Path, "model.safetensors");
        Sequential model = Model();
        model.Encoding = Encoding;
        model.Save(path);
        Sequential same = Sequential.Load(path);
        same.Encoding!.ToJson().Should().Be(Encoding.ToJson());
        same.ClassNames.Should().Equal("a", "b");
        Safetensors.Load(path).Should().HaveCount(2, "the encoding is metadata");
        TablePredictor.Load(path).Classify(Rows).Should().Equal(model.ToTablePredictor().Classify(Rows));
        ((Sequential)model.Clone()).Encoding.Should().BeSameAs(Encoding);
        model.ToPredictor().Encoding.Should().BeSameAs(Encoding);
    }

    [Fact]
    public void A_model_without_one_is_loaded_and_saved_as_before()
    {
        using var folder = new ScratchFolder();
        string bare = Path.Combine(folder.Path, "bare.safetensors"), again = Path.Combine(folder.Path, "again.safetensors");
        Model().Save(bare);
        Sequential loaded = Sequential.Load(bare);
        loaded.Encoding.Should().BeNull();
        loaded.Save(again);
        File.ReadAllBytes(again).Should().Equal(File.ReadAllBytes(bare));
        System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(bare)).Should().NotContain("encoding");
    }

    [Fact]
    public void One_that_does_not_fit_the_model_is_refused_and_the_old_one_stays()
    {
        Sequential model = Model();
        model.Encoding = Encoding;
        TableEncoding narrow = new TableEncoder().With("age", Column.Standard()).Fit(Rows),
            number = new TableEncoder().With("city", Column.OneHot()).With("age", Column.Standard()).WithTarget("age", Column.Standard()).Fit(Rows);
        Refuses(narrow, "The encoding gives [batch, 1] (values), but the model takes [batch, 3].*");
        Refuses(number, "*gives [batch, 2]*");
        Refuses(new TableEncoder().With("city", Column.Index()).Fit(Rows), "*[batch, 1] of indices (city), but the model takes [batch, 3]*");
        Refuses(Encoding4(Column.Class("a", "b", "c")), "The output softmax has 2 values, but kind has 3 classes.*");
        Refuses(Encoding4(Column.Class("b", "a")), "*Class 'b' is label 0 in the encoding, but label 1 in the model*");
        model.Encoding.Should().BeSameAs(Encoding);
        model.Invoking(m => m.ClassNames = ["b", "a"]).Should().Throw<ArgumentException>();
        model.Encoding = null;
        model.ClassNames = ["x", "y"];

        void Refuses(TableEncoding encoding, string message) => model.Invoking(m => m.Encoding = encoding)
            .Should().Throw<ArgumentException>().WithMessage(message);
        static TableEncoding Encoding4(Column kind)
            => new TableEncoder().With("city", Column.OneHot()).With("age", Column.Standard()).WithTarget("kind", kind).Fit(Rows);
    }

    [Fact]
    public void A_kind_of_column_that_this_version_does_not_know_is_refused_by_name()
    {
        using var folder = new ScratchFolder();
        string path = Path.Combine(folder.Path, "model.safetensors");
        Sequential model = Model();
        model.Encoding = Encoding;
        var content = new Dictionary<string, string>(ModelFile.Describe(model, LayerKinds.BuiltIn));
        content["table_encoding"] = content["table_encoding"].Replace("\"one_hot\"", "\"target_mean\"", StringComparison.Ordinal);
        using (FileStream file = File.Create(path)) SafetensorsFile.Write(file, ModelFile.Weights(model.Clone()), content);
        FluentActions.Invoking(() => DeepLearning.Model.Load(path)).Should().Throw<ModelFormatException>()
            .WithMessage($"{path}: the table_encoding cannot be read: column 'city' of the encoding: its kind target_mean is unknown to this version of the "
                + "library");
    }

    private static Sequential Model() => Sequential.Input(3).Dense(2).Softmax().Build(seed: 1);
}

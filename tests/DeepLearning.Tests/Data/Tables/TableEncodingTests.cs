namespace DeepLearning.Tests.Data.Tables;

public sealed class TableEncodingTests
{
    private static readonly Table Train = Table.FromRows(["city", "rooms", "age", "kind", "rent"],
        [["Bern", 2, 40, "old", 1400], ["Chur", 3, null, "new", 1250], ["Bern", 4, 10, "new", 2100], ["Chur", 1, 12, "old", 800]]);

    private static readonly TableEncoder Encoder = new TableEncoder()
        .With("city", Column.OneHot()).With("rooms", Column.MinMax()).With("age", Column.Standard(Impute.Median, missingFlag: true));

    private static readonly TableEncoding Encoding = Encoder.WithTarget("rent", Column.Log1p()).Fit(Train);

    /// <summary>One column, and more, of each kind: a kind that is missing here is found by <see cref="Every_kind_comes_back_bit_for_bit"/>.</summary>
    private static readonly Table Wide = Table.FromRows(["a", "b", "c", "d", "t", "y", "z"],
    [
        [0.1, 1e-7, "x", new DateTime(2020, 5, 17, 3, 4, 5), "a few words", 1.7, "no"],
            [1 / 3.0, 2.5, "ü\"", new DateTime(1999, 12, 31), "more words", 2e30, "yes"],
        [-7.25, 1e9, "x", new DateTime(2024, 2, 29), "more", -0.3, "no"],
    ]);

    private static readonly TableEncoding Full = new TableEncoder()
        .With("a", Column.Standard(Impute.Mean, missingFlag: true)).With("b", Column.Robust()).With(["a", "b"], Column.PrincipalComponents(2))
        .With("b", Column.MinMax(Impute.Constant(0.1))).With("a", Column.Bins(3)).With("c", Column.OneHot(missing: Impute.Constant("none")))
        .With("d", Column.Date(DateParts.Year | DateParts.Elapsed | DateParts.Day)).With("t", Column.Tokens(3))
        .WithTarget("y", Column.Robust()).WithTarget("z", Column.Class()).Fit(Wide);

    [Fact]
    public void Columns_are_found_by_name_so_that_their_order_and_others_do_not_matter()
    {
        Tensor expected = Encoding.TransformInputs(Train)[0];
        Table turned = new([TableColumn.Of("other", [1, 2, 3, 4]), .. Train.Columns.Reverse()]);
        Encoding.TransformInputs(turned)[0].ToArray().Should().Equal(expected.ToArray());
        Encoding.TransformInputs(Train.Without("rent", "kind"))[0].ToArray().Should().Equal(expected.ToArray());
    }

    [Fact]
    public void A_data_set_has_inputs_targets_and_their_names()
    {
        Dataset values = Encoding.Transform(Train), classes = Encoder.WithTarget("kind", Column.Class()).Fit(Train).Transform(Train);
        values.Targets.Shape.Should().Equal(4, 1);
        values.FeatureNames.Should().Equal("city=Bern", "city=Chur", "rooms", "age", "age is missing");
        classes.ClassNames.Should().Equal("new", "old");
        classes.Labels.Should().Equal(1, 0, 0, 1);
        Encoder.Fit(Train).Invoking(e => e.Transform(Train)).Should().Throw<InvalidOperationException>().WithMessage("*has no targets*");
    }

    [Fact]
    public void Fitting_sees_the_rows_it_is_given_and_no_others()
    {
        Tensor alone = Encoder.Fit(Train.Take(2)).TransformInputs(Train)[0];
        // Of rooms 2 and 3: (4 − 2) / 1.
        alone[2, 2].Should().Be(2f);
    }

    [Fact]
    public void Predictions_return_to_the_unit_of_the_target()
    {
        double[,] back = Encoding.Inverse(Encoding.Transform(Train).Targets);
        // A float32 of size 1 in a logarithm of spread 0.36 around 7.2: relative 2e-8 · 0.36 and less.
        for (int r = 0; r < 4; r++) back[r, 0].Should().BeApproximately(Train["rent"].NumberAt(r), 1e-3);
        Encoding.Invoking(e => e.Inverse(Tensor.Zeros([4, 2])))
            .Should().Throw<ShapeMismatchException>().WithMessage("*has 1 targets that are numbers, got*[4, 2]*");
    }

    [Fact]
    public void Numbers_to_predict_are_one_output_and_each_class_is_one_of_its_own()
    {
        TableEncoding several = new TableEncoder().With("city", Column.OneHot())
            .WithTarget("rent", Column.MinMax()).WithTarget("kind", Column.Class()).WithTarget("rooms", Column.PassThrough()).Fit(Train);
        several.Outputs.Select(o => (string.Join(",", o.Targets), o.Size, o.IsClass)).Should().Equal(("rent,rooms", 2, false), ("kind", 2, true));
        several.Outputs[1].ClassNames.Should().Equal("new", "old");
        several.ClassNames.Should().BeEmpty("there are several targets");
        Dataset data = several.Transform(Train);
        data.TargetTensors.Select(t => t.Shape.ToString()).Should().Equal("[4, 2]", "[4]");
        data.TargetTensors[0].ToArray().Should().Equal(600 / 1300f, 2, 450 / 1300f, 3, 1, 4, 0, 1);
    }

    [Fact]
    public void Indices_are_inputs_of_their_own()
    {
        TableEncoding encoding = Encoder.With("city", Column.Index()).With("kind", Column.Hash(8)).Fit(Train);
        encoding.Inputs.Should().Equal(new EncodedInput("values", [3], 0), new EncodedInput("city", [1], 3), new EncodedInput("kind", [1], 8));
        encoding.Inputs.Select(i => i.IsInteger).Should().Equal(false, true, true);
        encoding.TransformInputs(Train).Select(t => t.IsInteger).Should().Equal(false, true, true);
        encoding.Invoking(e => e.InputShape).Should().Throw<InvalidOperationException>().WithMessage("*the inputs values, city, kind: see "
            + "TableEncoding.Inputs*");
        encoding.ToString().Should().StartWith("TableEncoding: city, rooms, age, kind → values [3], city [1], kind [1]");
    }

    [Fact]
    public void A_column_that_vanished_or_changed_its_type_is_named_with_its_row()
    {
        Refuses(Train.Without("age"), "age", null, "Column 'age' of numbers is not there: the table has city, rooms, kind, rent. A missing value is a null*");
        Refuses(Train.With(TableColumn.Of("age", [null, "x", null, "y"])), "age", 1,
            "Column 'age': expected numbers, as fitted, got text, such as 'x' in row 1.");
        Refuses(Train.With(TableColumn.Of("age", [true, true, true, false])), "age", 0, "Column 'age': expected numbers, as fitted, got true or false*");
        Refuses(Train.With(TableColumn.Of("city", [3, 3, 3, 3])), "city", 0, "Column 'city': expected text, as fitted, got numbers, such as '3' in row 0.");
        Refuses(new([.. Train.Columns.Select(c => c.Name == "rooms" ? TableColumn.Numbers("rooms", [1, 2, null, 3]) : c)]), "rooms", 2,
            "Column 'rooms', row 2: the value is missing, and the encoding has nothing to stand in for it*");
        Refuses(new Table([.. Train.Columns.Select(c => c.Name == "rooms" ? TableColumn.Of("rooms", [null, null, null, null]) : c)]), "rooms", 0,
            "Column 'rooms', row 0: the value is missing*");
        Encoding.Invoking(e => e.TransformInputs(Train.Take(0))).Should().Throw<ArgumentException>().WithMessage("*at least one row*");
        Encoding.TransformInputs(Train.With(TableColumn.Of("age", [null, null, null, null])))[0][0, 4]
            .Should().Be(1, "a column without values fits where they may be missing");
    }

    [Fact]
    public void A_row_of_a_file_is_named_by_its_line()
        => Encoder.Fit(Train).Invoking(e => e.TransformInputs(new([.. Train.Columns.Select(c => c.Name == "rooms"
            ? TableColumn.Numbers("rooms", [1, 2, null, 3]) : c)], "flats.csv", [2, 3, 5, 6])))
            .Should().Throw<TableMismatchException>().WithMessage("Column 'rooms', flats.csv, line 5: the value is missing*");

    [Fact]
    public void Every_kind_comes_back_bit_for_bit()
    {
        TableEncoding same = TableEncoding.FromJson(Full.ToJson());
        same.ToJson().Should().Be(Full.ToJson());
        same.Inputs.Should().Equal(Full.Inputs);
        same.FeatureNames.Should().Equal(Full.FeatureNames);
        IReadOnlyList<Tensor> expected = Full.TransformInputs(Wide), actual = same.TransformInputs(Wide);
        for (int i = 0; i < expected.Count; i++) Bits(actual[i]).Should().Equal(Bits(expected[i]));
        Bits(same.Transform(Wide).TargetTensors[0]).Should().Equal(Bits(Full.Transform(Wide).TargetTensors[0]));
        same.Outputs[1].ClassNames.Should().Equal("no", "yes");
        foreach (string kind in new[] { "standard", "min_max", "robust", "log1p", "pass_through", "one_hot", "index", "hash", "bins", "date", "words",
            "principal_components", "class" })
            OfEveryKind().Should().Contain($"\"kind\":\"{kind}\"").And.Be(TableEncoding.FromJson(OfEveryKind()).ToJson());
    }

    [Theory]
    [InlineData("\"kind\":\"standard\"", "\"kind\":\"quantile\"", "column 'age' of the encoding: its kind quantile is unknown to this version of the library")]
    [InlineData("\"flag\":true", "\"flag\":true,\"clip\":3", "column 'age' of the encoding: the setting clip is unknown")]
    [InlineData("\"version\":1", "\"version\":2", "it has version 2; this library reads up to 1")]
    [InlineData("\"unseen\":\"Bucket\"", "\"unseen\":\"Mean\"", "column 'city' of the encoding: the treatment Mean of unseen categories is unknown")]
    [InlineData("[\"Bern\",\"Chur\"]", "[\"Bern\",\"Bern\"]", "column 'city' of the encoding: the category Bern appears twice")]
    [InlineData("[\"Bern\",\"Chur\"]", "[\"Bern\",3]", "Expected numbers or texts")]
    [InlineData("\"type\":\"Number\"", "\"type\":\"Colour\"", "the type Colour is unknown")]
    [InlineData("\"targets\":{", "\"targets\":{\"x\":{\"kind\":\"hash\",\"column\":\"x\",\"type\":\"Text\",\"buckets\":3},", "the target 'x' is of the kind hash")]
    [InlineData("\"scale\":", "\"scale\":\"\",\"wide\":", "expected a number for the setting scale")]
    [InlineData("}}}", "}}}}", "*")]
    public void What_a_file_says_beyond_this_version_is_refused_by_name(string found, string instead, string message)
    {
        string json = Encoding.ToJson();
        json.Should().Contain(found);
        int place = json.IndexOf(found, StringComparison.Ordinal);
        FluentActions.Invoking(() => TableEncoding.FromJson(json[..place] + instead + json[(place + found.Length)..]))
            .Should().Throw<ModelFormatException>().WithMessage($"The text is not an encoding of a table: *{message}*");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"version\":1,\"inputs\":{},\"targets\":{}}")]
    [InlineData("{\"version\":1,\"inputs\":{\"a\":3},\"targets\":{}}")]
    public void What_is_no_encoding_is_refused(string json) => FluentActions.Invoking(() => TableEncoding.FromJson(json))
        .Should().Throw<ModelFormatException>();

    [Fact]
    public void Truncated_text_is_refused_at_every_place()
    {
        string json = Encoding.ToJson();
        for (int length = 0; length < json.Length; length += 7)
            json.Invoking(j => TableEncoding.FromJson(j[..length])).Should().Throw<ModelFormatException>($"of the first {length} characters");
    }

    private static string OfEveryKind()
    {
        Table table = Wide;
        TableEncoder encoder = new TableEncoder();
        var kinds = new List<(string, Column)>
        {
            ("a", Column.Standard()), ("b", Column.MinMax()), ("y", Column.Robust()), ("u", Column.PassThrough()), ("v", Column.Log1p()),
            ("c", Column.OneHot()), ("e", Column.Index()), ("f", Column.Hash(5)), ("g", Column.Bins(2)), ("d", Column.Date()), ("t", Column.Words()),
        };
        foreach ((string copy, string of) in new[] { ("u", "a"), ("g", "a"), ("e", "c"), ("f", "c") })
            table = table.With(TableColumn.Of(copy, Enumerable.Range(0, 3).Select(r => Wide[of][r])));
        table = table.With(TableColumn.Of("v", [1, 2, 5]));
        foreach ((string column, Column kind) in kinds) encoder = encoder.With(column, kind);
        encoder = encoder.With(["p", "q"], Column.PrincipalComponents(1));
        table = table.With(TableColumn.Of("p", [1, 2, 4])).With(TableColumn.Of("q", [3, 1, 1]));
        return encoder.WithTarget("z", Column.Class()).Fit(table).ToJson();
    }

    private static int[] Bits(Tensor tensor) => tensor.IsInteger ? tensor.AsIntegers().ToArray() : [.. tensor.ToArray().Select(BitConverter.SingleToInt32Bits)];

    private static void Refuses(Table table, string column, int? row, string message)
    {
        TableMismatchException thrown = Encoding.Invoking(e => e.TransformInputs(table)).Should().Throw<TableMismatchException>().WithMessage(message).Which;
        (thrown.Column, thrown.Row).Should().Be((column, row));
    }
}

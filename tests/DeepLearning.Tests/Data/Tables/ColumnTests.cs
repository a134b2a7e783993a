namespace DeepLearning.Tests.Data.Tables;

/// <summary>Each kind of column against its formula, worked out by hand or in double.</summary>
public sealed class ColumnTests
{
    private static readonly double[] Skewed = [1, 2, 3, 4, 100];

    [Fact]
    public void Standard_is_scikit_learns_StandardScaler()
    {
        // Mean 22, population variance ((21)² + 20² + 19² + 18² + 78²) / 5 = 1522.
        double deviation = Math.Sqrt(1522);
        Encoded(Column.Standard(), Skewed).Should().Equal([.. Skewed.Select(x => (float)((x - 22) / deviation))]);
    }

    [Fact]
    public void Robust_is_scikit_learns_RobustScaler()
        // Median 3, quartiles 2 and 4: (x − 3) / 2.
        => Encoded(Column.Robust(), Skewed).Should().Equal(-1, -0.5f, 0, 0.5f, 48.5f);

    [Fact]
    public void Quartiles_between_two_values_are_interpolated()
        // numpy.percentile([1, 2, 4, 8], [25, 50, 75]) is [1.75, 3, 5]: (x − 3) / 3.25.
        => Encoded(Column.Robust(), [1, 2, 4, 8]).Should().Equal((float)(-2 / 3.25), (float)(-1 / 3.25), (float)(1 / 3.25), (float)(5 / 3.25));

    [Fact]
    public void MinMax_is_from_0_to_1() => Encoded(Column.MinMax(), [2, 4, 10]).Should().Equal(0, 0.25f, 1);

    [Fact]
    public void Log1p_is_a_standardised_or_a_plain_logarithm()
    {
        double[] logs = [.. Skewed.Select(x => Math.Log(1 + x))];
        double mean = logs.Average(), deviation = Math.Sqrt(logs.Sum(l => (l - mean) * (l - mean)) / 5);
        // A float32 has 24 bits: relative 6e-8, and the mean of five is added in another order.
        Encoded(Column.Log1p(), Skewed).Zip(logs, (y, l) => Math.Abs(y - (l - mean) / deviation)).Max().Should().BeLessThan(1e-6);
        Encoded(Column.Log1p(standardize: false), Skewed).Should().Equal([.. logs.Select(l => (float)l)]);
        // Of 1 + 1e-12, a double has four digits of 1e-12.
        Encoded(Column.Log1p(standardize: false), [1e-12]).Should().Equal(1e-12f);
        Refuses(() => Encoded(Column.Log1p(), [3, -1]), "Column 'x', row 1: log(1 + x) needs numbers above −1, got -1.");
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1e300)]
    public void A_constant_column_becomes_0_under_every_scale(double value)
    {
        foreach (Column column in new[] { Column.Standard(), Column.MinMax(), Column.Robust() })
            Encoded(column, [value, value, value]).Should().Equal([0, 0, 0], $"{column}");
    }

    [Fact]
    public void PassThrough_refuses_what_float32_cannot_hold()
    {
        Encoded(Column.PassThrough(), [0.1, 16777216]).Should().Equal(0.1f, 16777216f);
        Refuses(() => Encoded(Column.PassThrough(), [16777217]), "Column 'x', row 0: float32 cannot represent 16777217*");
        Refuses(() => Encoded(Column.PassThrough(), [1e300]), "Column 'x', row 0: 1E+300 is beyond float32*");
        Fit(Table.FromRows(["x", "y"], [[true, 1], [false, 2]]), Column.PassThrough()).ToArray().Should().Equal(1, 0);
    }

    [Fact]
    public void Missing_numbers_become_what_stands_in_for_them_with_a_flag()
    {
        Table table = new([TableColumn.Numbers("x", [1, 2, 2, null, 7])]);
        // Mean 3 and population deviation √(22/4) of the values that are there.
        double deviation = Math.Sqrt(22 / 4.0);
        Fit(table, Column.Standard(Impute.Mean, missingFlag: true)).ToArray().Should()
            .Equal((float)(-2 / deviation), 0, (float)(-1 / deviation), 0, (float)(-1 / deviation), 0, 0, 1, (float)(4 / deviation), 0);
        Fit(table, Column.PassThrough(Impute.Median)).ToArray()[3].Should().Be(2);
        Fit(table, Column.PassThrough(Impute.MostFrequent)).ToArray()[3].Should().Be(2);
        Fit(table, Column.PassThrough(Impute.Constant(-1))).ToArray()[3].Should().Be(-1);
        Refuses(() => Fit(table, Column.Standard()), "Column 'x', row 3: the value is missing*missing: Impute.MostFrequent*");
        FluentActions.Invoking(() => Fit(table, Column.Standard(Impute.Constant("?")))).Should().Throw<ArgumentException>().WithMessage("*'x' holds numbers*");
        FluentActions.Invoking(() => Impute.Constant(double.NaN)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void OneHot_without_a_bucket_is_scikit_learns_OneHotEncoder()
    {
        // OneHotEncoder sorts the categories: Bern, Chur, Genf.
        Table table = new([TableColumn.Texts("x", ["Genf", "Bern", "Chur", "Bern"])]);
        Fit(table, Column.OneHot(unseen: Unseen.Refuse)).ToArray().Should().Equal(0, 0, 1, 1, 0, 0, 0, 1, 0, 1, 0, 0);
    }

    [Fact]
    public void Unseen_categories_are_all_0_or_with_the_rare_ones_or_refused()
    {
        Table train = new([TableColumn.Numbers("x", [10, 9, 10, 9, 3])]), other = new([TableColumn.Numbers("x", [3, 4])]);
        TableEncoding all = new TableEncoder().With("x", Column.OneHot()).Fit(train),
            frequent = new TableEncoder().With("x", Column.OneHot(minimumCount: 2)).Fit(train);
        all.FeatureNames.Should().Equal("x=3", "x=9", "x=10");
        all.TransformInputs(other)[0].ToArray().Should().Equal(1, 0, 0, 0, 0, 0);
        frequent.FeatureNames.Should().Equal("x=9", "x=10", "x is rare");
        frequent.TransformInputs(other)[0].ToArray().Should().Equal(0, 0, 1, 0, 0, 1);
        new TableEncoder().With("x", Column.OneHot(maximum: 1)).Fit(train).FeatureNames.Should().Equal("x=9", "x is rare");
        TableEncoding strict = new TableEncoder().With("x", Column.OneHot(unseen: Unseen.Refuse)).Fit(train);
        strict.Invoking(s => s.TransformInputs(other)).Should().Throw<TableMismatchException>()
            .WithMessage("Column 'x', row 1: expected one of 3, 9, 10, got '4', which the encoding was not fitted to*").Which.Row.Should().Be(1);
        FluentActions.Invoking(() => Column.OneHot(maximum: 3, unseen: Unseen.Refuse)).Should().Throw<ArgumentException>();
        Refuses(() => new TableEncoder().With("x", Column.OneHot(minimumCount: 3)).Fit(train), "Column 'x': no category occurs 3 times*");
    }

    [Fact]
    public void A_flag_that_no_training_row_had_is_left_out()
    {
        TableEncoding encoding = new TableEncoder().With("x", Column.PassThrough(Impute.Constant(7), missingFlag: true)).Fit(Of([1, 2]));
        encoding.FeatureNames.Should().Equal("x");
        encoding.TransformInputs(new([TableColumn.Numbers("x", [null])]))[0].ToArray().Should().Equal(7);
    }

    [Fact]
    public void A_missing_category_may_be_one_of_its_own()
    {
        Table table = new([TableColumn.Texts("x", ["b", null, "a", "b"])]);
        new TableEncoder().With("x", Column.OneHot(missing: Impute.Constant("missing"))).Fit(table).FeatureNames.Should().Equal("x=a", "x=b", "x=missing");
        Fit(table, Column.OneHot(unseen: Unseen.Refuse, missing: Impute.MostFrequent)).ToArray()[2..4].Should().Equal(0, 1);
        FluentActions.Invoking(() => Fit(table, Column.OneHot(missing: Impute.Mean))).Should().Throw<ArgumentException>().WithMessage("*have no mean*");
    }

    [Fact]
    public void Index_numbers_the_most_frequent_first_and_unseen_ones_0()
    {
        Table train = new([TableColumn.Texts("street", ["c", "b", "c", "a", "b", "c"])]);
        TableEncoding encoding = new TableEncoder().With("street", Column.Index(maximum: 2)).Fit(train);
        encoding.Inputs.Should().Equal(new EncodedInput("street", [1], 3));
        Tensor indices = encoding.TransformInputs(new([TableColumn.Texts("street", ["a", "b", "c", "x"])]))[0];
        indices.AsIntegers().ToArray().Should().Equal(0, 2, 1, 0);
        indices.Shape.Should().Equal(4, 1);
        new TableEncoder().With("street", Column.Index(unseen: Unseen.Refuse)).Fit(train).Inputs[0].IndexCount.Should().Be(3);
    }

    [Fact]
    public void Hash_is_a_finished_hash_modulo_the_buckets()
    {
        // The published 64-bit FNV-1a hashes of "a" and "foobar" are AF63DC4C8601EC8C and 85944171F73967E8; then MurmurHash3's finisher, in Python.
        Buckets(1000, "a", "foobar").Should().Equal(315, 275);
        // Upper and lower case, of which FNV-1a alone depends on the same bits.
        int[] buckets = Buckets(16, "DE", "de", "CH", "ch", "FR", "fr", "IT", "it");
        Enumerable.Range(0, 4).Count(i => buckets[2 * i] == buckets[2 * i + 1]).Should().BeLessThan(4);

        static int[] Buckets(int count, params string[] texts)
            => Fit(new([TableColumn.Texts("x", texts)]), Column.Hash(count)).AsIntegers().ToArray();
    }

    [Fact]
    public void Bins_are_intervals_from_their_boundaries_on()
    {
        Encoded(Column.Bins([2.0, 10.0]), [1, 2, 9.9, 10]).Should().Equal(1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1);
        // The medians of 1 … 4 lie at 2.5.
        Encoded(Column.Bins(2), [1, 2, 3, 4]).Should().Equal(1, 0, 1, 0, 0, 1, 0, 1);
        new TableEncoder().With("x", Column.Bins([2.0, 10.0])).Fit(Of([1])).FeatureNames.Should().Equal("x<2", "x≥2", "x≥10");
        FluentActions.Invoking(() => Column.Bins([2.0, 1.0])).Should().Throw<ArgumentException>().WithMessage("*increase, got [2, 1].*");
    }

    [Fact]
    public void Bins_do_not_count_what_stands_in_for_missing_values()
    {
        Table table = new([TableColumn.Numbers("x", [1, 2, 3, 4, null, null, null, null, null])]);
        Fit(table, Column.Bins(2, Impute.Constant(0))).ToArray()[..8].Should().Equal([1, 0, 1, 0, 0, 1, 0, 1], "the median of 1 … 4 lies at 2.5");
        Refuses(() => Fit(table, Column.Bins(2)), "Column 'x', row 4: the value is missing*");
    }

    [Fact]
    public void A_date_is_its_year_and_the_place_in_its_cycles()
    {
        // Thursday 29 February and Sunday 1 September 2024, Saturday 1 June 2002 at 18:00.
        DateTime[] dates = [new(2024, 2, 29), new(2024, 9, 1), new(2002, 6, 1, 18, 0, 0)];
        Table table = new([TableColumn.Dates("d", [.. dates.Select(d => (DateTime?)d)])]);
        TableEncoding encoding = new TableEncoder().With("d",
            Column.Date(DateParts.Year | DateParts.Month | DateParts.DayOfWeek | DateParts.TimeOfDay)).Fit(table);
        encoding.FeatureNames.Should().Equal("d year", "d month sin", "d month cos", "d day of week sin", "d day of week cos", "d time of day sin",
            "d time of day cos");
        Tensor x = encoding.TransformInputs(table)[0];
        double yearMean = (2024 + 2024 + 2002) / 3.0, deviation = Math.Sqrt(dates.Sum(d => (d.Year - yearMean) * (d.Year - yearMean)) / 3);
        double[][] expected =
        [
            [(2024 - yearMean) / deviation, Sin(1 / 12.0), Cos(1 / 12.0), Sin(4 / 7.0), Cos(4 / 7.0), 0, 1],
            [(2024 - yearMean) / deviation, Sin(8 / 12.0), Cos(8 / 12.0), 0, 1, 0, 1],
            [(2002 - yearMean) / deviation, Sin(5 / 12.0), Cos(5 / 12.0), Sin(6 / 7.0), Cos(6 / 7.0), Sin(0.75), Cos(0.75)],
        ];
        for (int r = 0; r < 3; r++)
            for (int c = 0; c < 7; c++) ((double)x[r, c]).Should().BeApproximately(expected[r][c], 1e-6, $"row {r}, {encoding.FeatureNames[c]}");

        static double Sin(double turn) => Math.Sin(2 * Math.PI * turn);
        static double Cos(double turn) => Math.Cos(2 * Math.PI * turn);
    }

    [Fact]
    public void Words_are_counted_and_unknown_ones_are_not()
    {
        Table train = new([TableColumn.Texts("t", ["Good, good pizza!", "Bad pizza", null])]);
        TableEncoding encoding = new TableEncoder().With("t", Column.Words()).Fit(train);
        encoding.FeatureNames.Should().Equal("t: good", "t: pizza", "t: bad");
        encoding.TransformInputs(train)[0].ToArray().Should().Equal(2, 1, 0, 0, 1, 1, 0, 0, 0);
        encoding.TransformInputs(new([TableColumn.Texts("t", ["very BAD"])]))[0].ToArray().Should().Equal(0, 0, 1);
    }

    [Fact]
    public void Tokens_are_numbered_from_2_and_filled_with_0()
    {
        Table train = new([TableColumn.Texts("t", ["good good pizza", "pizza with ham"])]);
        TableEncoding encoding = new TableEncoder().With("t", Column.Tokens(length: 4, maximum: 2)).Fit(train);
        encoding.Inputs.Should().Equal(new EncodedInput("t", [4], 4));
        encoding.TransformInputs(new([TableColumn.Texts("t", ["Ham: good pizza, good, good", "pizza"])]))[0].AsIntegers().ToArray()
            .Should().Equal(1, 2, 3, 2, 3, 0, 0, 0);
    }

    [Fact]
    public void Principal_components_are_the_directions_of_largest_variance()
    {
        // Points along (3, 4) / 5 with a little across it, (−4, 3) / 5: the components are t and s, up to the sign.
        double[] t = [-2, -1, 0, 1, 2], s = [0.1, -0.1, 0, -0.1, 0.1];
        Table table = new([TableColumn.Numbers("a", [.. t.Select((v, i) => (double?)(v * 0.6 - s[i] * 0.8))]),
            TableColumn.Numbers("b", [.. t.Select((v, i) => (double?)(v * 0.8 + s[i] * 0.6))])]);
        TableEncoding encoding = new TableEncoder().With(["a", "b"], Column.PrincipalComponents(2, standardize: false)).Fit(table);
        Tensor x = encoding.TransformInputs(table)[0];
        for (int i = 0; i < 5; i++)
        {
            ((double)x[i, 0]).Should().BeApproximately(t[i], 1e-6);
            ((double)x[i, 1]).Should().BeApproximately(-s[i], 1e-6, "the larger share, −0.8, is made positive");
        }

        FluentActions.Invoking(() => new TableEncoder().With("a", Column.PrincipalComponents(1)))
            .Should().Throw<ArgumentException>().WithMessage("*takes several columns*");
        Refuses(() => new TableEncoder().With(["a", "b"], Column.PrincipalComponents(3)).Fit(table), "3 components need as many columns, got a, b*");
    }

    [Fact]
    public void A_kind_of_another_type_is_refused_with_an_example()
    {
        Table table = Table.FromRows(["t", "d", "m"], [[null, new DateTime(2024, 1, 2), null], ["x", null, null]]);
        Refuses(() => new TableEncoder().With("t", Column.Standard()).Fit(table),
            "Standard() takes numbers or true or false, but column 't' holds text, such as 'x' in row 1.");
        Refuses(() => new TableEncoder().With("d", Column.OneHot()).Fit(table), "OneHot() takes text or numbers or true or false, but column 'd' holds dates*");
        Refuses(() => new TableEncoder().With("t", Column.Date()).Fit(table), "Date(Year | Month | DayOfWeek) takes dates, but column 't' holds text*");
        Refuses(() => new TableEncoder().With("m", Column.Standard()).Fit(table), "Column 'm' has no value in any of 2 rows*");
        Refuses(() => new TableEncoder().With("d", Column.Date()).Fit(table), "Column 'd', row 1: the value is missing*");
    }

    private static float[] Encoded(Column column, double[] values) => Fit(Of(values), column).ToArray();

    private static Table Of(double[] values) => new([TableColumn.Numbers("x", [.. values.Select(v => (double?)v)])]);

    private static Tensor Fit(Table table, Column column) => new TableEncoder().With("x", column).Fit(table).TransformInputs(table)[0];

    private static void Refuses(Action action, string message) => action.Should().Throw<TableMismatchException>().WithMessage(message);
}

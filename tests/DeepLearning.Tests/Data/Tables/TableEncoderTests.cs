namespace DeepLearning.Tests.Data.Tables;

public sealed class TableEncoderTests
{
    private static readonly Table Houses = Table.FromRows(["id", "city", "age", "sold", "garden", "note", "price"],
        [.. Enumerable.Range(0, 20).Select(i => (IReadOnlyList<object?>)
            [i + 1, i % 2 == 0 ? "Bern" : "Chur", i == 3 ? null : i * 1.5, new DateTime(2020, 1, 1).AddDays(40 * i), i % 3 == 0, $"note {i}", 100.5 + i])]);

    [Fact]
    public void Columns_are_inferred_from_their_types_and_what_is_in_doubt_is_left_to_a_person()
    {
        TableEncoder encoder = TableEncoder.Infer(Houses, target: "price");
        encoder.ToString().Should().Be("TableEncoder: id ?, city OneHot(), age Standard(missing: Mean, missingFlag: true), sold Date(Year | Month | "
            + "DayOfWeek), "
            + "garden PassThrough(), note ?; target: price Standard()");
        Refuses(() => encoder.Fit(Houses), "Column 'id' numbers the rows*.Without(\"id\")*");
        Refuses(() => encoder.Without("id").Fit(Houses),
            "Column 'note' has 20 different texts in 20 rows*.With(\"note\", Column.OneHot())*.Without(\"note\")*");
        TableEncoding encoding = encoder.Without("id", "note").Fit(Houses);
        encoding.InputColumns.Should().Equal("city", "age", "sold", "garden");
        encoding.TargetColumns.Should().Equal("price");
        encoding.InputShape.Should().Equal(10);
        encoding.FeatureNames.Should().HaveCount(10).And.StartWith(["city=Bern", "city=Chur", "age", "age is missing"]);
    }

    [Theory]
    [InlineData(new double[] { 0, 1, 0, 1, 0, 0 }, "y Class()")]
    [InlineData(new double[] { 1, 2, 3, 1, 2, 3 }, "y Class()")]
    [InlineData(new double[] { 1, 2, 3, 4, 5, 6 }, "y Standard()")]
    [InlineData(new double[] { 0.5, 1, 0.5, 1, 0.5, 1 }, "y Standard()")]
    public void A_target_of_numbers_is_classes_if_they_are_few_whole_and_recur(double[] y, string expected)
    {
        Table table = new([TableColumn.Of("x", y.Select((_, i) => (object?)(i * i))), TableColumn.Numbers("y", [.. y.Select(v => (double?)v)])]);
        TableEncoder.Infer(table, target: "y").ToString().Should().EndWith(expected);
    }

    [Fact]
    public void Many_whole_numbers_that_recur_may_be_either_and_are_refused()
    {
        Table table = new([TableColumn.Of("x", Enumerable.Range(0, 90).Select(i => (object?)(i / 2.0))),
            TableColumn.Of("y", Enumerable.Range(0, 90).Select(i => (object?)(i % 30)))]);
        TableEncoder encoder = TableEncoder.Infer(table, target: "y");
        Refuses(() => encoder.Fit(table), "Column 'y' is a target of 30 different whole numbers in 90 rows, which may be classes or values*WithTarget*");
        encoder.WithTarget("y", Column.Class()).Fit(table).ClassNames.Should().HaveCount(30).And.StartWith(["0", "1", "2"]);
        encoder.WithTarget("y", Column.MinMax()).Fit(table).ClassNames.Should().BeEmpty();
    }

    [Fact]
    public void A_changed_column_keeps_its_place_and_the_encoder_it_came_from()
    {
        TableEncoder encoder = TableEncoder.Infer(Houses, target: "price").Without("id", "note");
        TableEncoder changed = encoder.With("city", Column.Index()).With(["age", "garden"], Column.MinMax(Impute.Median)).With("note", Column.Words(5));
        changed.ToString().Should().Be("TableEncoder: city Index(), age MinMax(missing: Median), sold Date(Year | Month | DayOfWeek), garden MinMax(missing: "
            + "Median), "
            + "note Words(maximum: 5); target: price Standard()");
        encoder.ToString().Should().Contain("city OneHot()");
        encoder.With(["age", "garden"], Column.PrincipalComponents(1, missing: Impute.Mean)).ToString()
            .Should().Be("TableEncoder: city OneHot(), sold Date(Year | Month | DayOfWeek), age+garden PrincipalComponents(1, missing: Mean); target: price "
                + "Standard()");
    }

    [Fact]
    public void A_target_is_not_taken_out_of_a_group_without_a_word()
    {
        TableEncoder encoder = new TableEncoder().With("city", Column.OneHot()).With(["age", "garden", "price"], Column.PrincipalComponents(2));
        Refuses<ArgumentException>(() => encoder.WithTarget("price", Column.Standard()),
            "'price' is in the group age+garden+price*.Without(\"age+garden+price\")*");
        encoder.Without("age+garden+price").WithTarget("price", Column.Standard()).ToString().Should().Be(
            "TableEncoder: city OneHot(); target: price Standard()");
    }

    [Fact]
    public void A_target_is_no_input_and_an_input_is_no_target()
    {
        TableEncoder encoder = TableEncoder.Infer(Houses, targets: ["price", "city"]);
        Refuses<ArgumentException>(() => encoder.With("price", Column.Standard()), "*'price' is a target, which would give the answer away*");
        Refuses<ArgumentException>(() => encoder.With("age", Column.Class()), "*is for targets*");
        Refuses<ArgumentException>(() => encoder.WithTarget("age", Column.OneHot()), "*cannot be a target*");
        Refuses<ArgumentException>(() => encoder.WithTarget("age", Column.Standard(Impute.Mean)), "*cannot be a target*");
        Refuses<ArgumentException>(() => encoder.Without("town"), "*No column of the encoder is named 'town'; it has id, age*");
        Refuses<ArgumentException>(() => encoder.With(["age", "age"], Column.Standard()), "*different columns, got age, age*");
        Refuses<ArgumentException>(() => TableEncoder.Infer(Houses, target: "cost"), "*No column is named 'cost'*");
        encoder.WithTarget("age", Column.Standard()).ToString().Should().NotContain("age Standard(missing").And.EndWith("city Class(), age Standard()");
        FluentActions.Invoking(() => new TableEncoder().Fit(Houses)).Should().Throw<InvalidOperationException>();
        Refuses<ArgumentException>(() => new TableEncoder().With("age", Column.Standard()).Fit(Houses.Take(0)), "*at least one row*");
        Refuses(() => new TableEncoder().With("town", Column.OneHot()).Fit(Houses), "Column 'town' is not there: the table has id, city*");
    }

    [Fact]
    public void Classes_have_the_order_that_is_asked_for_and_a_single_one_is_refused()
    {
        TableEncoder encoder = new TableEncoder().With("age", Column.Standard(Impute.Mean));
        Dataset data = encoder.WithTarget("city", Column.Class("Chur", "Bern")).Fit(Houses).Transform(Houses);
        data.ClassNames.Should().Equal("Chur", "Bern");
        data.Labels[..2].Should().Equal(1, 0);
        Refuses(() => encoder.WithTarget("city", Column.Class("Bern", "Genf")).Fit(Houses), "Column 'city', row 1: expected one of Bern, Genf, got 'Chur'*");
        Refuses(() => encoder.WithTarget("city", Column.Class()).Fit(Houses.Take(1)), "Column 'city' holds the single class Bern*");
        Refuses<ArgumentException>(() => Column.Class("one"), "*two or more different names*");
    }

    private static void Refuses(Action action, string message) => Refuses<TableMismatchException>(action, message);

    private static void Refuses<TException>(Action action, string message) where TException : Exception => action
        .Should().Throw<TException>().WithMessage(message);
}

using System.Text.Json;

namespace DeepLearning.Tests.Data.Tables;

public sealed class TableTests
{
    private static readonly Table Flats = Table.FromRows(["city", "rooms", "since", "lift"],
    [
        ["Bern", 2, new DateTime(2020, 2, 29), true], ["Chur", null, new DateTime(2021, 1, 1, 8, 30, 0), false], [null, 3.5f, null, null],
    ]);

    [Fact]
    public void Columns_have_the_types_of_their_values()
    {
        Flats.Types.Should().Equal(new Dictionary<string, TableType>
        {
            ["city"] = TableType.Text, ["rooms"] = TableType.Number, ["since"] = TableType.Date, ["lift"] = TableType.Truth,
        });
        Flats.ToString().Should().Be("Table: 3 rows, 4 columns (city: text, 1 of 3 missing; rooms: numbers, 1 of 3 missing; since: dates, 1 of 3 missing; "
            + "lift: true or false, 1 of 3 missing)");
        Flats["rooms"][0].Should().Be(2d);
        Flats["rooms"][1].Should().BeNull();
        Flats["lift"][1].Should().Be(false);
        Flats["since"].TextAt(0).Should().Be("2020-02-29");
        Flats["since"].TextAt(1).Should().Be("2021-01-01T08:30:00");
        Flats["lift"].NumberAt(0).Should().Be(1);
        Flats["since"].DateAt(0).Year.Should().Be(2020);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(3L)]
    [InlineData((byte)3)]
    [InlineData(3f)]
    public void Numbers_of_any_type_are_the_same_category(object three) => TableColumn.Of("x", [three]).TextAt(0).Should().Be("3");

    [Fact]
    public void A_float_is_what_is_written_and_zero_has_no_sign()
    {
        TableColumn.Of("x", [0.1f, 0.1m]).NumberAt(0).Should().Be(0.1);
        TableColumn.Of("x", [-0.0]).TextAt(0).Should().Be("0");
    }

    [Theory]
    [InlineData(1234567890123456789L)]
    [InlineData(-9007199254740993L)]
    [InlineData(ulong.MaxValue)]
    public void A_whole_number_that_a_double_rounds_is_refused(object id)
    {
        string text = Convert.ToString(id, System.Globalization.CultureInfo.InvariantCulture)!;
        JsonElement json = JsonSerializer.Deserialize<JsonElement>(text);
        foreach (object value in new[] { id, Convert.ToDecimal(id, System.Globalization.CultureInfo.InvariantCulture), json })
            Refuses(() => TableColumn.Of("id", [1, value]), $"The value of column 'id' in row 1 is {text}, but*pass it as a string*");
        Refuses(() => TableColumn.Of("id", [JsonSerializer.Deserialize<JsonElement>($"{text}.0")]), $"*is {text}.0, but*");
    }

    [Fact]
    public void Large_numbers_that_a_double_holds_or_that_are_quantities_are_values()
    {
        TableColumn.Of("x", [1L << 60, 9007199254740992m, 1e23, JsonSerializer.Deserialize<JsonElement>("1e23"), 0.1234567890123456789m]).Count.Should().Be(5);
        TableColumn.Of("x", [JsonSerializer.Deserialize<JsonElement>("1e23")]).NumberAt(0).Should().Be(1e23);
        TableColumn.Of("x", [1L << 60]).NumberAt(0).Should().Be(Math.Pow(2, 60));
        Refuses(() => TableColumn.Of("x", [JsonSerializer.Deserialize<JsonElement>("1e400")]), "*'x' in row 0 is *: expected a finite number*");
    }

    [Fact]
    public void Objects_of_JSON_are_rows()
    {
        var row = JsonSerializer.Deserialize<Dictionary<string, object?>>("""{"city":"Bern","age":30.5,"new":true,"note":null}""")!;
        Table table = Table.FromRows([row]);
        table.Types.Values.Should().Equal(TableType.Text, TableType.Number, TableType.Truth, TableType.Missing);
        table["age"][0].Should().Be(30.5);
        FluentActions.Invoking(() => Table.FromRows([JsonSerializer.Deserialize<Dictionary<string, object?>>("""{"city":["Bern"]}""")!]))
            .Should().Throw<TableMismatchException>().WithMessage("*'city' in row 0 is a JSON Array*");
    }

    [Fact]
    public void Objects_are_rows_by_functions_without_reflection()
    {
        Table table = Table.From([(City: "Bern", Age: (int?)30), ("Chur", null)], ("city", r => r.City), ("age", r => r.Age));
        table["age"].MissingCount.Should().Be(1);
        table["city"].TextAt(1).Should().Be("Chur");
    }

    [Fact]
    public void What_is_no_value_of_a_table_is_refused_with_its_place()
    {
        Refuses(() => TableColumn.Of("age", [1, "x"]), "*'age' holds numbers, such as 1 in row 0, but row 1 has 'x', which is text*");
        Refuses(() => TableColumn.Of("age", [1, double.NaN]), "*'age' in row 1 is NaN: expected a finite number, or null*");
        Refuses(() => TableColumn.Numbers("age", [double.PositiveInfinity]), "*'age' in row 0 is *");
        Refuses(() => TableColumn.Of("at", [DateTimeOffset.UnixEpoch]), "*'at' in row 0 is a DateTimeOffset*UtcDateTime*");
        Refuses(() => TableColumn.Of("at", [new object()]), "*'at' in row 0 is a Object; expected a number*");
        Refuses(() => _ = new Table([]), "*at least one column*");
        Refuses(() => _ = new Table([TableColumn.Of("a", [1]), TableColumn.Of("a", [1])]), "*Two columns are named 'a'*");
        Refuses(() => _ = new Table([TableColumn.Of("a", [1]), TableColumn.Of("b", [1, 2])]), "*'a' has 1 rows, but column 'b' has 2*");
        Refuses(() => Table.FromRows(["a", "b"], [[1, 2], [1]]), "*Expected 2 values in each row, got 1 in row 1*");
        Refuses(() => Table.FromRows([new Dictionary<string, object?> { ["a"] = 1 }, new Dictionary<string, object?> { ["b"] = 1 }]),
            "*only one of them has 'a'*");
        Refuses(() => _ = Flats["town"], "*No column is named 'town'; the table has city, rooms, since, lift*");
        Flats["city"].Invoking(c => c.NumberAt(0)).Should().Throw<InvalidOperationException>();
        Flats["city"].Invoking(c => c.TextAt(2)).Should().Throw<InvalidOperationException>();
        Flats["city"].Invoking(c => c[3]).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_split_takes_the_rows_that_a_data_set_of_them_would()
    {
        Table table = new([TableColumn.Numbers("x", [.. Enumerable.Range(0, 50).Select(i => (double?)i)])]);
        var data = new Dataset(Tensor.From([.. Enumerable.Range(0, 50).Select(i => (float)i)], [50, 1]), new float[50]);
        (Table train, Table test) = table.Split(0.2, seed: 3);
        (Dataset expectedTrain, Dataset expectedTest) = data.Split(0.2, seed: 3);
        Numbers(train).Should().Equal(expectedTrain.Inputs.ToArray());
        Numbers(test).Should().Equal(expectedTest.Inputs.ToArray());
        Numbers(table.Shuffle(seed: 5)).Should().Equal(data.Shuffle(seed: 5).Inputs.ToArray());
    }

    [Fact]
    public void A_stratified_split_keeps_the_share_of_each_class()
    {
        Table table = new([TableColumn.Texts("kind", [.. Enumerable.Range(0, 40).Select(i => i % 4 == 0 ? "rare" : "common")])]);
        (Table train, Table test) = table.Split(0.2, seed: 1, stratify: "kind");
        Enumerable.Range(0, test.Count).Count(r => test["kind"].TextAt(r) == "rare")
            .Should().Be(2, "a quarter of {0} of {1} rows is rare", test.Count, table.Count);
        train.Count.Should().Be(32);
    }

    [Fact]
    public void Rows_and_columns_are_chosen()
    {
        Flats.WithoutMissing("rooms").Count.Should().Be(2);
        Flats.WithoutMissing().Count.Should().Be(1);
        Flats.Take(1)["city"][0].Should().Be("Bern");
        Flats.Skip(2)["rooms"][0].Should().Be(3.5);
        Flats.Without("city", "lift").Columns.Select(c => c.Name).Should().Equal("rooms", "since");
        Flats.With(TableColumn.Of("city", [1, 2, 3])).Types["city"].Should().Be(TableType.Number);
        Flats.With(TableColumn.Of("id", [1, 2, 3])).Columns.Should().HaveCount(5);
        Flats.Invoking(t => t.Take(4)).Should().Throw<ArgumentOutOfRangeException>();
        Flats.Invoking(t => t.Select([3])).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static float[] Numbers(Table table) => [.. Enumerable.Range(0, table.Count).Select(r => (float)table["x"].NumberAt(r))];

    private static void Refuses(Action action, string message) => action.Should().Throw<ArgumentException>().WithMessage(message);
}

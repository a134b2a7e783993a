using System.Text;

namespace DeepLearning.Tests.Serialization;

/// <summary>Files that are no whole model, or claim to be more than they are.</summary>
public sealed class ModelFileFaultTests
{
    [Fact]
    public void Fault36_a_model_of_10_KB_cut_off_at_any_byte_is_detected() => CorruptionSweep.UndetectedTruncations(step: 7).Should().BeEmpty();

    [Fact]
    public void Fault37_a_flipped_bit_anywhere_in_a_model_of_10_KB_is_detected() => CorruptionSweep.UndetectedFlips(step: 61).Should().BeEmpty();

    [Fact]
    public void Fault44_a_newer_version_is_named_with_the_library_that_wrote_it()
        => Rejected(m => m["format_version"] = "3", m => m["library_version"] = "9.1.0")
            .WithMessage("*format version 3*version 9.1.0 of the library*reads up to 2*");

    [Fact]
    public void A_file_of_weights_alone_says_what_to_do()
        => Rejected(m => m["format"] = "pt").WithMessage("*weights without an architecture (format pt)*LoadWeights*");

    [Fact]
    public void Fault45_every_mismatch_is_listed()
        => Rejected(m => m["architecture"] =
            """
            {"input":[3],"seed":1,"layers":[
              {"kind":"Dense","settings":{"units":5,"use_bias":true}},
              {"kind":"Dense","settings":{"units":1,"use_bias":false}}]}
            """)
            .WithMessage("*dense.kernel has shape [2, 5], expected [3, 5]*dense_1.kernel [5, 1] is missing.");

    [Theory]
    [InlineData("[2]", "2000000000", "more elements than one tensor can hold")]
    [InlineData("[2]", "500000000", "dense.kernel has shape [2, 5], expected [2, 500000000]")]
    [InlineData("[2147483647,2147483647]", "5", "no sample has the shape")]
    public void Fault39_a_model_that_claims_to_be_large_takes_no_memory(string input, string units, string message)
    {
        string architecture = "{\"input\":" + input + ",\"seed\":1,\"layers\":[{\"kind\":\"Dense\",\"settings\":{\"units\":" + units + ",\"use_bias\":true}}]}";
        long before = GC.GetAllocatedBytesForCurrentThread();
        Rejected(m => m["architecture"] = architecture).WithMessage($"*{message}*");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(8 << 20);
    }

    [Fact]
    public void Fault39_a_model_that_claims_more_dimensions_than_a_tensor_can_have_is_refused()
        => Rejected(m => m["architecture"] = $$"""{"input":[{{string.Join(',', Enumerable.Repeat(1, Shape.MaxRank))}}],"seed":1,"layers":[{"kind":"Flatten"}]}""")
            .WithMessage("*no sample has the shape*");

    [Theory]
    [InlineData("{}", "needs an input, a seed and layers")]
    [InlineData("""{"input":[2],"seed":1,"layers":[]}""", "needs an input, a seed and layers")]
    [InlineData("""{"input":[2],"input":[2]}""", "input is unknown or appears twice")]
    [InlineData("""{"input":[2],"seed":-1}""", "the seed is not a number")]
    [InlineData("""{"input":[0],"seed":1,"layers":[{"kind":"Relu"}]}""", "no sample has the shape [0]")]
    [InlineData("""{"input":[2],"seed":1,"layers":[{"settings":{}}]}""", "layer 1 has no kind")]
    [InlineData("""{"input":[2],"seed":1,"layers":[{"kind":"Dropout","settings":{"rate":1.5}}]}""", "layer 1 (Dropout): *rate*1.5")]
    [InlineData("""{"input":[2],"seed":1,"layers":[{"kind":"Dropout","settings":{"rate":{"x":{"x":{"x":{"x":{}}}}}}}]}""", "expected a number for the setting rate, got an object")]
    [InlineData("""{"input":[2],"seed":1,"layers":[{"kind":"Reshape","settings":{"target":[3]}}]}""", "layer 1 (Reshape(3))")]
    [InlineData("""{"input":[2],"seed":1,"layers":[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]}""", "layer 1")]
    [InlineData("nonsense", "cannot be read")]
    [InlineData(
        """{"inputs":[{"name":"x","shape":[2]}],"seed":1,"layers":[{"name":"d","kind":"Dense","settings":{"units":1,"use_bias":true},"from":["y"]}],"outputs":["d"]}""",
        "layer 1 takes y")]
    [InlineData(
        """{"inputs":[{"name":"x","shape":[2]}],"seed":1,"layers":[{"name":"d","kind":"Relu","from":["x"]},{"name":"d","kind":"Relu","from":["d"]}],"outputs":["d"]}""",
        "d appears twice")]
    [InlineData(
        """{"inputs":[{"name":"x","shape":[2]}],"seed":1,"layers":[{"name":"d","kind":"Relu","from":["x"]},{"name":"e","kind":"Relu","from":["x"]}],"outputs":["d"]}""",
        "no output needs e")]
    [InlineData("""{"inputs":[{"name":"x","shape":[2]}],"seed":1,"layers":[{"call":"d","from":["x"]}],"outputs":["d#1"]}""", "layer 1 calls d")]
    [InlineData("""{"inputs":[],"inputs":[{"name":"x","shape":[2]}],"seed":1,"layers":[{"name":"d","kind":"Relu","from":["x"]}],"outputs":["d"]}""", "inputs is unknown or appears twice")]
    public void Fault43_a_broken_architecture_says_where(string architecture, string message)
        => Rejected(m => m["architecture"] = architecture).WithMessage($"*{message}*");

    [Theory]
    [InlineData("""{"kind":"L3","settings":{"strength":0.1}}""", "kernel_regularizer is of the unknown kind L3")]
    [InlineData("""{"settings":{"strength":0.1}}""", "kernel_regularizer has no kind")]
    [InlineData("{}", "kernel_regularizer has no kind")]
    [InlineData("\"L2\"", "expected an object for the setting kernel_regularizer, got the text L2")]
    [InlineData("null", "the setting kernel_regularizer, got Null")]
    [InlineData("""{"kind":2,"text":"Own()"}""", "expected a text for the setting kind, got 2")]
    [InlineData("""{"kind":"Own","text":[2]}""", "expected a text for the setting text, got 1 numbers")]
    [InlineData("""{"kind":"L2","settings":7}""", "expected an object for the setting settings, got 7")]
    [InlineData("""{"kind":"L2"}""", "kernel_regularizer (L2): expected a number for the setting strength, got none")]
    [InlineData("""{"kind":"L2","settings":{"strength":"NaN"}}""", "kernel_regularizer (L2): expected a number for the setting strength, got the text NaN")]
    [InlineData("""{"kind":"L2","settings":{"strength":NaN}}""", "architecture cannot be read")]
    [InlineData("""{"kind":"L2","settings":{"strength":-0.5}}""", "kernel_regularizer (L2): strength must be finite and ≥ 0, got -0.5")]
    [InlineData("""{"kind":"L1","settings":{"strength":1e300}}""", "kernel_regularizer (L1): strength must be finite and ≥ 0, got 1E+300")]
    [InlineData("""{"kind":"L1L2","settings":{"l1":0,"l2":1e999}}""", "kernel_regularizer (L1L2): the setting l2 is 1e999, which is no Double")]
    [InlineData("""{"kind":"L2","settings":{"strength":0.1,"power":2}}""", "kernel_regularizer (L2): the setting power is unknown")]
    [InlineData("""{"kind":"L2","settings":{"strength":0.1},"on":true}""", "kernel_regularizer (L2): the setting on is unknown")]
    [InlineData("""{"kind":"Own","text":"Own()","on":true}""", "kernel_regularizer (Own): the setting on is unknown")]
    [InlineData("""{"kind":"MaxNorm","settings":{"maximum":2,"axis":0}}""", "kernel_regularizer (MaxNorm): expected a kind of regularizer, got MaxNorm(2, axis: 0)")]
    [InlineData("""{"kind":"NonNegative"},"kernel_regularizer":{"kind":"L2"}""", "The setting kernel_regularizer appears twice")]
    public void Fault43_a_broken_regularizer_says_where_what_was_expected_and_what_came(string text, string message)
        => Rejected(m => m["architecture"] = Dense($"\"kernel_regularizer\":{text}")).WithMessage($"*{message}*");

    [Theory]
    [InlineData("""{"kind":"MaxNorm","settings":{"maximum":0,"axis":0}}""", "kernel_constraint (MaxNorm): maximum must be finite and > 0, got 0")]
    [InlineData("""{"kind":"MaxNorm","settings":{"maximum":1,"axis":0.5}}""", "kernel_constraint (MaxNorm): the setting axis is 0.5, which is no Int32")]
    [InlineData("""{"kind":"MaxNorm","settings":{"maximum":1,"axis":2}}""", "MaxNorm(1, axis: 2) takes norms along axis 2, but the parameter has shape [2, 5]")]
    [InlineData("""{"kind":"L2","settings":{"strength":0.1}}""", "kernel_constraint (L2): expected a kind of constraint, got L2(0.1)")]
    [InlineData("""{"kind":"Smallest"}""", "kernel_constraint is of the unknown kind Smallest")]
    public void Fault43_a_broken_constraint_says_where_what_was_expected_and_what_came(string text, string message)
        => Rejected(m => m["architecture"] = Dense($"\"kernel_constraint\":{text}")).WithMessage($"*{message}*");

    [Theory]
    [InlineData("""{"kind":"Gaussian"}""", "bias_initializer is of the unknown kind Gaussian")]
    [InlineData("""{"kind":"L2","settings":{"strength":0.1}}""", "bias_initializer (L2): expected a kind of initializer, got L2(0.1)")]
    [InlineData("""{"kind":"Constant","settings":{"not_finite":"x"}}""", "bias_initializer (Constant): *x*")]
    [InlineData("""{"kind":"RandomUniform","settings":{"minimum":2,"maximum":1}}""", "bias_initializer (RandomUniform): Expected a maximum of at least the minimum 2, got 1")]
    [InlineData("""{"kind":"VarianceScaling","settings":{"scale":1,"mode":"fan","distribution":"uniform"}}""", "expected fan_in, fan_out or fan_avg for the setting mode, got fan")]
    [InlineData("""{"kind":"VarianceScaling","settings":{"scale":1,"mode":"fan_in","distribution":"even"}}""", "or truncated_normal for the setting distribution, got even")]
    public void Fault43_a_broken_initializer_says_where_what_was_expected_and_what_came(string text, string message)
        => Rejected(m => m["architecture"] = Dense($"\"bias_initializer\":{text}")).WithMessage($"*{message}*");

    [Fact]
    public void Fault43_settings_within_settings_end_somewhere()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"x\":", 1000)) + "1" + new string('}', 1000);
        Rejected(m => m["architecture"] = Dense($"\"kernel_regularizer\":{deep}")).WithMessage("*architecture cannot be read*depth*");
    }

    [Theory]
    [InlineData("steps_trained", "-1")]
    [InlineData("class_names", "[1]")]
    [InlineData("class_names", "[\"a\"]")]
    [InlineData("class_names", "{")]
    public void Fault43_a_broken_text_of_the_metadata_is_named(string name, string text)
        => Rejected(m => m[name] = text).WithMessage($"*{name.Replace("_names", "*name")}*");

    [Fact]
    public void A_file_that_lost_its_checksum_is_damaged()
    {
        byte[] file = Small();
        int at = Encoding.Latin1.GetString(file).IndexOf("checksum", StringComparison.Ordinal);
        file[at] = (byte)'C';
        FluentActions.Invoking(() => Sequential.Load(new MemoryStream(file))).Should().Throw<ModelFormatException>().WithMessage("*damaged*no checksum*");
    }

    [Fact]
    public void Fault25_null_and_missing_files_are_rejected()
    {
        Sequential model = Sequential.Input(2).Dense(5).Build();
        FluentActions.Invoking(() => model.Save((Stream)null!)).Should().Throw<ArgumentNullException>().WithParameterName("stream");
        FluentActions.Invoking(() => Sequential.Load((Stream)null!)).Should().Throw<ArgumentNullException>().WithParameterName("stream");
        FluentActions.Invoking(() => model.Save((string)null!)).Should().Throw<ArgumentNullException>().WithParameterName("path");
        FluentActions.Invoking(() => Sequential.Load("/missing/model")).Should().Throw<DirectoryNotFoundException>();
    }

    /// <summary>The architecture of <see cref="Small"/> with another setting.</summary>
    private static string Dense(string setting)
        => "{\"input\":[2],\"seed\":1,\"layers\":[{\"kind\":\"Dense\",\"settings\":{\"units\":5,\"use_bias\":true," + setting + "}}]}";

    private static byte[] Small()
    {
        using var stream = new MemoryStream();
        Sequential.Input(2).Dense(5).Build(seed: 1).Save(stream);
        return stream.ToArray();
    }

    /// <summary>A small model whose metadata was changed, with a right checksum.</summary>
    private static FluentAssertions.Specialized.ExceptionAssertions<ModelFormatException> Rejected(params Action<Dictionary<string, string>>[] changes)
    {
        SafetensorsContent content = SafetensorsFile.Read(new MemoryStream(Small()));
        var metadata = new Dictionary<string, string>(content.Metadata);
        foreach (Action<Dictionary<string, string>> change in changes) change(metadata);
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, [.. content.Tensors.Select(t => (t.Key, t.Value.Shape, (ReadOnlyMemory<float>)t.Value.ToArray()))], metadata);
        stream.Position = 0;
        return FluentActions.Invoking(() => Sequential.Load(stream)).Should().Throw<ModelFormatException>();
    }
}

using System.Text;

namespace DeepLearning.Tests.Serialization;

/// <summary>Half of a pair of surrogates has no form in UTF-8; writers put another character in its place, without a word.</summary>
public sealed class LoneSurrogateTests : IDisposable
{
    /// <summary>No data of a theory: xunit would write another character in the place of half a pair.</summary>
    private static readonly string[] Halves = ["a\ud83d", "\ude00b", "\ud83d\ud83d\ude00", "\ude00\ud83d", "x\ud800y"];

    private readonly TemporaryFolder folder = new();

    private string Target => Path.Combine(folder.Path, "file");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Line17_a_name_with_half_a_pair_is_refused_before_anything_is_written()
    {
        foreach (string name in Halves) RefusedAsName(name);
    }

    [Fact]
    public void Line17_class_names_kinds_settings_and_parameters_with_half_a_pair_are_refused()
    {
        foreach (string name in Halves) RefusedInModels(name);
    }

    [Fact]
    public void Line17_whole_pairs_come_back()
    {
        const string Name = "\ud83d\ude00 ü";
        Sequential model = Sequential.Input(2).Dense(1).Build(seed: 1);
        model.ClassNames = ["no", Name];
        model.Save(Target);
        Sequential.Load(Target).ClassNames.Should().Equal("no", Name);
        Safetensors.Save(Target, new Dictionary<string, Tensor> { [Name] = 1 }, new Dictionary<string, string> { [Name] = Name });
        Safetensors.Load(Target).Keys.Should().Equal(Name);
        Safetensors.LoadMetadata(Target)[Name].Should().Be(Name);
        NumPy.SaveArchive(Target, new Dictionary<string, Tensor> { [Name] = 1 });
        NumPy.LoadArchive(Target).Keys.Should().Equal(Name);
    }

    [Theory]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""")]
    [InlineData("""{"__metadata__":{"\udc00":"x"},"w":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""")]
    [InlineData("""{"__metadata__":{"x":"\ud800"},"w":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""")]
    [InlineData("""{"w":{"dtype":"\ud800","shape":[],"data_offsets":[0,4]}}""")]
    public void Line17_in_a_file_they_are_a_ModelFormatException(string header)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] file = [.. BitConverter.GetBytes((long)json.Length), .. json, .. new byte[4]];
        FluentActions.Invoking(() => Safetensors.Load(new MemoryStream(file))).Should().Throw<ModelFormatException>();
    }

    [Fact]
    public void Line17_in_the_class_names_of_a_file_they_are_a_ModelFormatException()
    {
        using var stream = new MemoryStream();
        Sequential.Input(2).Dense(1).Build(seed: 1).Save(stream);
        SafetensorsContent content = SafetensorsFile.Read(new MemoryStream(stream.ToArray()));
        var metadata = new Dictionary<string, string>(content.Metadata) { ["class_names"] = """["no","\ud800"]""" };
        using var changed = new MemoryStream();
        SafetensorsFile.Write(changed, [.. content.Tensors.Select(t => (t.Key, t.Value.Shape, (ReadOnlyMemory<float>)t.Value.ToArray()))], metadata);
        FluentActions.Invoking(() => Sequential.Load(new MemoryStream(changed.ToArray()))).Should().Throw<ModelFormatException>().WithMessage("*class_names*");
    }

    private void RefusedAsName(string name)
    {
        var tensors = new Dictionary<string, Tensor> { [name] = 1f };
        var none = new Dictionary<string, Tensor>();
        Refused(() => Safetensors.Save(Target, tensors), "*name of a tensor*unpaired surrogate*");
        Refused(() => Safetensors.Save(Target, none, new Dictionary<string, string> { [name] = "x" }), "*name of a text of the metadata*");
        Refused(() => Safetensors.Save(Target, none, new Dictionary<string, string> { ["note"] = name }), "*The text note of the metadata*");
        Refused(() => NumPy.SaveArchive(Target, tensors), "*name of an array*unpaired surrogate*");
        Refused(() => Safetensors.Save(new FailingStream(Stream.Null, 0), tensors), "*name of a tensor*");
        Directory.GetFiles(folder.Path).Should().BeEmpty();
    }

    private void RefusedInModels(string name)
    {
        Sequential model = Sequential.Input(2).Dense(1).Build(seed: 1);
        Refused(() => model.ClassNames = ["no", name], "*class name*unpaired surrogate*");
        model.ClassNames.Should().BeEmpty();
        Refused(() => LayerKinds.BuiltIn.With<Named>(name, (_, _) => { }, _ => new Named("w")), "*kind of layer*");
        Refused(() => new Settings().Set("note", name), "*text of note*");
        Refused(() => new Settings().Set(name, 1), "*name of a setting*");
        LayerKinds kinds = LayerKinds.BuiltIn.With<Named>("named", (_, _) => { }, _ => new Named("w"));
        Refused(() => Sequential.Input(2).Add(new Named(name)).Build(seed: 1).Save(Target, kinds), "*name of a tensor*unpaired surrogate*");
        Directory.GetFiles(folder.Path).Should().BeEmpty();
    }

    private static void Refused(Action action, string message) => action.Should().Throw<ArgumentException>().WithMessage(message);

    private sealed class Named(string name) : Layer
    {
        public override Shape Build(Shape input, LayerBuilder builder)
        {
            builder.AddParameter(name, [1], Constant.Ones);
            return input;
        }

        public override Tensor Forward(Tensor x, LayerContext context) => x * context[name];
    }
}

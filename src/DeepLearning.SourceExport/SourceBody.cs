namespace DeepLearning.SourceExport;

/// <summary>
/// The statements of one prediction. Values alternate between two pieces of scratch memory, called <c>a</c> and <c>b</c>; the last layer that makes new values
/// writes straight to the output. Statements that change values in place never touch the input.
/// </summary>
internal sealed class SourceBody
{
    private readonly IReadOnlyList<PlacedLayer> layers;
    private readonly SourceStep[] steps;
    private readonly int[] scratch = new int[2];
    private int buffers;

    public SourceBody(Model model)
    {
        layers = PlacedLayer.Of(model);
        steps = [.. layers.Select(SourceLayers.Of)];
        Write();
    }

    public SourceText Text { get; } = new();

    public IReadOnlyList<SourceStep> Steps => steps;

    /// <summary>The most values that each piece of scratch memory holds; 0 if it is not used.</summary>
    public ReadOnlySpan<int> Scratch => scratch;

    private void Write()
    {
        string current = "input";
        for (int i = 0; i < steps.Length; i++)
        {
            PlacedLayer place = layers[i];
            SourceStep step = steps[i];
            if (i > 0) Text.Line();
            string shapes = place.Output == place.Input ? $"{place.Input}" : $"{place.Input} → {place.Output}";
            Text.Line($"// {place.Number}. {place.Layer}: {shapes}{(step.Note.Length > 0 ? "; " : "")}{step.Note}.");
            if (step.Statement is null) continue;
            string result = current;
            if (!step.InPlace || current == "input") result = Buffer(i, place.Output.Size);
            if (step.InPlace && current == "input") Text.Line($"input.CopyTo({result});");
            Text.Line(step.Statement(current, result));
            current = result;
        }

        if (current == "input") Text.Line().Line("input.CopyTo(output);");
    }

    /// <summary>Memory for new values: the output, if no later layer makes new values.</summary>
    private string Buffer(int step, int count)
    {
        if (!steps.Skip(step + 1).Any(s => !s.InPlace)) return "output";
        int piece = buffers++ % scratch.Length;
        scratch[piece] = Math.Max(scratch[piece], count);
        string name = $"x{step + 1}";
        Text.Line($"Span<float> {name} = {(piece == 0 ? 'a' : 'b')}[..{count}];");
        return name;
    }
}

namespace DeepLearning;

public sealed partial class Sequential
{
    /// <summary>A model of the same layers with a copy of the weights: what happens to one does not touch the other.</summary>
    internal Sequential(Sequential source)
    {
        (InputShape, Seed, Layers, LayerNames) = (source.InputShape, source.Seed, source.Layers, source.LayerNames);
        var declared = new List<(string Name, Shape Shape, ParameterOptions? Options)>();
        foreach (Parameter parameter in source.Parameters) declared.Add((parameter.Name, parameter.Shape, parameter.Options));
        Parameters = new ParameterSet(declared);
        source.Parameters.Flat.AsSpan().CopyTo(Parameters.Flat.AsSpan());

        slots = new LayerSlot[source.slots.Length];
        for (int i = 0; i < slots.Length; i++)
        {
            var own = new LayerParameter[source.slots[i].Parameters.Length];
            for (int p = 0; p < own.Length; p++)
            {
                LayerParameter original = source.slots[i].Parameters[p];
                own[p] = original with { Parameter = Parameters[original.Parameter.Index] };
            }

            slots[i] = source.slots[i] with { Parameters = own };
        }

        ClassNames = source.ClassNames;
    }
}

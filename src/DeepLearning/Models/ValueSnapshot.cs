namespace DeepLearning;

/// <summary>The values of a model at one moment, in the layout of its flat buffers.</summary>
internal sealed record ValueSnapshot(float[] Trainable, float[] State)
{
    /// <summary>Whether it was taken from a model with as many values as this one.</summary>
    public bool Fits(ModelValues values) => Trainable.Length == values.Trainable.Flat.Length && State.Length == values.State.Flat.Length;

    /// <summary>Writes the values, if any: a model without parameters has none.</summary>
    public void Save(StateWriter to, string name)
    {
        if (Trainable.Length > 0) to.Write(name, Trainable);
        if (State.Length > 0) to.Write(StateName(name), State);
    }

    /// <summary>Whether something was saved under the name.</summary>
    public static bool IsIn(StateReader from, string name) => from.Contains(name) || from.Contains(StateName(name));

    /// <summary>Reads what <see cref="Save"/> wrote for such a model.</summary>
    /// <exception cref="ModelFormatException">Something is missing, has another length, or has values that are not finite.</exception>
    public static ValueSnapshot Read(StateReader from, string name, ModelValues values) => new(
        values.Trainable.Flat.Length == 0 ? [] : values.Trainable.ReadWeights(from, name),
        values.State.Flat.Length == 0 ? [] : values.State.ReadWeights(from, StateName(name)));

    private static string StateName(string name) => $"{name}.state";
}

using System.Collections;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// The parameters of a model, in one flat buffer, so that an optimizer's step is one pass over it. Each parameter begins on a cache line;
/// the padding between them is 0 and stays 0.
/// </summary>
public sealed class ParameterSet : IReadOnlyList<Parameter>
{
    private readonly Parameter[] parameters;

    /// <summary>Parameters of these names and shapes, all values 0; fill them through <see cref="Parameter.Assign"/>.</summary>
    /// <param name="parameters">Name and shape of each; names are unique.</param>
    /// <exception cref="ArgumentException">A name is empty or appears twice.</exception>
    public ParameterSet(params IReadOnlyList<(string Name, Shape Shape)> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var names = new HashSet<string>();
        int length = 0;
        foreach ((string name, Shape shape) in parameters)
        {
            ArgumentException.ThrowIfNullOrEmpty(name, nameof(parameters));
            if (!names.Add(name)) throw new ArgumentException($"The name {name} appears twice.", nameof(parameters));
            length = checked(length + FlatBuffer.Align(shape.Size));
        }

        Flat = new FlatBuffer(length);
        this.parameters = new Parameter[parameters.Count];
        int offset = 0;
        for (int i = 0; i < parameters.Count; i++)
        {
            (string name, Shape shape) = parameters[i];
            this.parameters[i] = new Parameter(this, i, offset, name, shape);
            offset += FlatBuffer.Align(shape.Size);
            ElementCount += shape.Size;
        }
    }

    /// <summary>Number of parameters (tensors).</summary>
    public int Count => parameters.Length;

    /// <summary>Number of trained values, over all parameters.</summary>
    public long ElementCount { get; }

    /// <summary>The states that layers keep beside these parameters: they are updated in the same step. Null where there are none.</summary>
    internal ParameterSet? States { get; init; }

    /// <summary>The values of all parameters with the padding between them.</summary>
    internal FlatBuffer Flat { get; }

    /// <summary>Reads weights, or what is added up like them, in the layout of <see cref="Flat"/>; the padding is 0.</summary>
    /// <param name="from">The reader.</param>
    /// <param name="name">The name of the array.</param>
    /// <exception cref="ModelFormatException">There is no such array, it has another length, or values that are not finite.</exception>
    internal float[] ReadWeights(StateReader from, string name)
    {
        float[] values = ReadFlat(from, name), weights = new float[values.Length];
        foreach (Parameter parameter in parameters)
            values.AsSpan(parameter.Offset, parameter.Shape.Size).CopyTo(weights.AsSpan(parameter.Offset));
        return weights;
    }

    /// <summary>Reads what a rule keeps beside the weights in their layout, the padding as it was: one value everywhere, since its gradients are 0.</summary>
    /// <inheritdoc cref="ReadWeights"/>
    internal float[] ReadBuffer(StateReader from, string name)
    {
        float[] values = ReadFlat(from, name);
        float? padding = null;
        foreach (Parameter parameter in parameters)
        {
            int end = parameter.Offset + parameter.Shape.Size;
            foreach (float value in values.AsSpan(end, FlatBuffer.Align(parameter.Shape.Size) - parameter.Shape.Size))
                if (!float.IsFinite(value) || value != (padding ??= value)) throw from.Wrong(name, "one finite value between the parameters");
        }

        return values;
    }

    /// <summary>A parameter by its place.</summary>
    /// <param name="index">From 0.</param>
    public Parameter this[int index] => parameters[index];

    /// <summary>A parameter by its name.</summary>
    /// <param name="name">For example <c>dense.kernel</c>.</param>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public Parameter this[string name]
    {
        get
        {
            foreach (Parameter parameter in parameters)
                if (parameter.Name == name) return parameter;
            throw new KeyNotFoundException($"There is no parameter {name}; there are {string.Join(", ", parameters.Select(p => p.Name))}.");
        }
    }

    /// <summary>The parameters in order.</summary>
    public IEnumerator<Parameter> GetEnumerator() => ((IEnumerable<Parameter>)parameters).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private float[] ReadFlat(StateReader from, string name)
    {
        float[] values = from.ReadArray(name, [Flat.Length]);
        return Array.Find(parameters, p => !Reductions.AllFinite(values.AsSpan(p.Offset, p.Shape.Size))) is { } parameter
            ? throw from.Wrong(name, $"finite values for {parameter.Name}")
            : values;
    }
}

using System.Collections;
using System.Runtime.CompilerServices;
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
    public ParameterSet(params IReadOnlyList<(string Name, Shape Shape)> parameters) : this(WithoutOptions(parameters)) { }

    /// <summary>Parameters of these names, shapes and options, all values 0; fill them through <see cref="Parameter.Assign"/>.</summary>
    /// <param name="parameters">Name, shape and options of each, null for the default options; names are unique.</param>
    /// <exception cref="ArgumentException">A name is empty or appears twice.</exception>
    /// <exception cref="ShapeMismatchException">A constraint cannot hold a parameter of this shape.</exception>
    [OverloadResolutionPriority(-1)]
    public ParameterSet(params IReadOnlyList<(string Name, Shape Shape, ParameterOptions? Options)> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var names = new HashSet<string>();
        int length = 0;
        foreach ((string name, Shape shape, ParameterOptions? options) in parameters)
        {
            ArgumentException.ThrowIfNullOrEmpty(name, nameof(parameters));
            if (!names.Add(name)) throw new ArgumentException($"The name {name} appears twice.", nameof(parameters));
            Require(options?.Constraint, name, shape);
            length = checked(length + FlatBuffer.Align(shape.Size));
        }

        Flat = new FlatBuffer(length);
        this.parameters = new Parameter[parameters.Count];
        int offset = 0;
        for (int i = 0; i < parameters.Count; i++)
        {
            (string name, Shape shape, ParameterOptions? options) = parameters[i];
            this.parameters[i] = new Parameter(this, i, offset, name, shape, options ?? ParameterOptions.Default);
            offset += FlatBuffer.Align(shape.Size);
            ElementCount += shape.Size;
        }
    }

    /// <summary>Number of parameters (tensors).</summary>
    public int Count => parameters.Length;

    /// <summary>Number of trained values, over all parameters.</summary>
    public long ElementCount { get; }

    /// <summary>The states that layers keep alongside these parameters: they are updated in the same step. Null if there are none.</summary>
    internal ParameterSet? States { get; init; }

    /// <summary>The values of all parameters with the padding between them.</summary>
    internal FlatBuffer Flat { get; }

    /// <summary>Counts changes of options, so that readers know when to reread them.</summary>
    internal int OptionsVersion { get; set; }

    /// <summary>
    /// The sum of what the regularizers of the trainable parameters add to the loss; null if none has one. <c>Fit</c> and <c>Evaluate</c> add it to their loss;
    /// a custom loop adds it to the loss it differentiates.
    /// </summary>
    /// <param name="tape">Records the computation, so that gradients can be taken; none by default.</param>
    /// <returns>A single number, of shape [].</returns>
    /// <exception cref="InvalidOperationException">
    /// A penalty is not a single number, or has no gradient; or a custom regularizer was not loaded with the model.
    /// </exception>
    /// <example><c>if (model.Parameters.Penalty(tape) is { } penalty) loss += penalty;</c></example>
    public Tensor? Penalty(Tape? tape = null)
    {
        RequireRegularizers();
        Tensor? sum = null;
        foreach (Parameter parameter in parameters)
        {
            if (!parameter.Trainable || parameter.Options.Regularizer is not { } regularizer) continue;
            Tensor value = tape?.Watch(parameter) ?? parameter.Value, penalty = regularizer.Penalty(value);
            if (penalty.Shape.Rank != 0)
                throw new InvalidOperationException(
                    $"The penalty of {regularizer} for {parameter.Name} must be a single number, of shape [], got {penalty.Shape}: end with Sum().");
            if (tape?.IsTracked(value) == true && !tape.IsTracked(penalty))
                throw new InvalidOperationException(
                    $"The penalty of {regularizer} for {parameter.Name} has no gradient: compute it with differentiable operations on the parameter, such as "
                    + "Abs and Square, not with ToArray or Clone.");
            sum = sum is null ? penalty : sum + penalty;
        }

        return sum;
    }

    /// <summary>Checks that the regularizers of the trainable parameters were loaded with the model.</summary>
    /// <exception cref="InvalidOperationException">A custom one was not.</exception>
    internal void RequireRegularizers()
    {
        foreach (Parameter parameter in parameters)
            if (parameter is { Trainable: true, Options.Regularizer: UnknownRegularizer { Unknown: var unknown } })
                throw unknown.Missing(nameof(Regularizer), $" of {parameter.Name}");
    }

    /// <summary>Checks that the constraints on the trainable parameters were loaded with the model.</summary>
    /// <exception cref="InvalidOperationException">A custom one was not.</exception>
    internal void RequireConstraints()
    {
        foreach (Parameter parameter in parameters)
            if (parameter is { Trainable: true, Options.Constraint: UnknownConstraint { Unknown: var unknown } })
                throw unknown.Missing(nameof(Constraint), $" on {parameter.Name}");
    }

    /// <summary>Reads weights, or sums of such arrays, in the layout of <see cref="Flat"/>; the padding is 0.</summary>
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

    /// <summary>Reads a rule's state in the layout of the weights. The padding has one value everywhere, since the gradients there are 0.</summary>
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

    /// <summary>A parameter by its index.</summary>
    /// <param name="index">From 0.</param>
    public Parameter this[int index] => parameters[index];

    /// <summary>A parameter by its name.</summary>
    /// <param name="name">For example <c>dense.kernel</c>.</param>
    /// <exception cref="KeyNotFoundException">There is no parameter of this name.</exception>
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

    // A loop, not a query: each generic method over tuples is compiled again in every process.
    private static (string Name, Shape Shape, ParameterOptions? Options)[] WithoutOptions(IReadOnlyList<(string Name, Shape Shape)> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var all = new (string Name, Shape Shape, ParameterOptions? Options)[parameters.Count];
        for (int i = 0; i < all.Length; i++) all[i] = (parameters[i].Name, parameters[i].Shape, null);
        return all;
    }

    private static void Require(Constraint? constraint, string name, Shape shape)
    {
        try
        {
            constraint?.Validate(shape);
        }
        catch (ShapeMismatchException mismatch)
        {
            throw new ShapeMismatchException($"{name}: {mismatch.Message}", nameof(shape));
        }
    }

    private float[] ReadFlat(StateReader from, string name)
    {
        float[] values = from.ReadArray(name, [Flat.Length]);
        return Array.Find(parameters, p => !Reductions.AllFinite(values.AsSpan(p.Offset, p.Shape.Size))) is { } parameter
            ? throw from.Wrong(name, $"finite values for {parameter.Name}")
            : values;
    }
}

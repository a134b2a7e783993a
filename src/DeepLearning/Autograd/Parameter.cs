using System.Diagnostics;

namespace DeepLearning;

/// <summary>A trained tensor with a name and options: a view of part of its set's flat buffer.</summary>
[DebuggerDisplay("{Name} {Shape}")]
public sealed class Parameter
{
    internal Parameter(ParameterSet set, int index, int offset, string name, Shape shape, ParameterOptions options)
    {
        Set = set;
        Index = index;
        Offset = offset;
        Name = name;
        Options = options;
        Value = new Tensor(shape, set.Flat.Array, set.Flat.Offset + offset);
    }

    /// <summary>The name, unique within its set: <c>dense_1.kernel</c>.</summary>
    public string Name { get; }

    /// <summary>The shape.</summary>
    public Shape Shape => Value.Shape;

    /// <summary>The values, as a view: writing to its span changes the parameter.</summary>
    public Tensor Value { get; }

    /// <summary>How it is trained, with the current <see cref="Trainable"/>.</summary>
    public ParameterOptions Options { get; private set; }

    /// <summary>
    /// Whether training changes the parameter. May be set between steps. While it is false, no optimizer changes it, whether by momentum, decay or the average
    /// of the weights; the rule's state for it is unchanged; its gradient does not count in clipping norms, nor its penalty in the loss. It is
    /// saved in checkpoints, and a resumed run takes it from there.
    /// </summary>
    public bool Trainable
    {
        get => Options.Trainable;
        set
        {
            if (value == Options.Trainable) return;
            Options = Options with { Trainable = value };
            Set.OptionsVersion++;
        }
    }

    /// <summary>Whether <see cref="Optimizer.WeightDecay"/> applies to it.</summary>
    public bool Decays => Options.Decays;

    /// <summary>The factor of the learning rate for this parameter.</summary>
    public double RateScale => Options.RateScale;

    internal ParameterSet Set { get; }

    /// <summary>The index in the set.</summary>
    internal int Index { get; }

    /// <summary>Where the values begin in the set's flat buffer.</summary>
    internal int Offset { get; }

    /// <summary>Copies values into the parameter.</summary>
    /// <param name="values">A tensor of the parameter's shape.</param>
    /// <exception cref="ShapeMismatchException">The shape differs.</exception>
    public void Assign(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Shape != Shape)
            throw new ShapeMismatchException($"Parameter {Name} has shape {Shape}, got values of shape {values.Shape}.", nameof(values));
        if (values.IsInteger) throw new ArgumentException($"Parameter {Name} has float32 values, got indices.", nameof(values));
        values.AsReadOnlySpan().CopyTo(Value.AsSpan());
    }

    /// <summary>For example <c>dense.kernel [784, 128]</c>.</summary>
    public override string ToString() => $"{Name} {Shape}";
}

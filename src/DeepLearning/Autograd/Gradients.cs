using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// What <see cref="Tape.Gradients(Tensor)"/> returns: the gradient of a result with respect to each tensor and parameter that its tape
/// watches. Zero if the result does not depend on it. A gradient is a value without a derivative: using it on the same tape throws, and
/// <see cref="Tensor.Clone"/> makes it a constant.
/// </summary>
public sealed class Gradients
{
    private readonly Tape tape;
    private readonly bool kept;
    private readonly List<(ParameterSet Set, FlatBuffer Flat, Tensor[] Places)> sets = [];
    private Tensor?[] byNode = [];

    /// <param name="tape">The tape they come from.</param>
    /// <param name="kept">Whether they are refilled at each step, in memory that is kept.</param>
    internal Gradients(Tape tape, bool kept)
    {
        this.tape = tape;
        this.kept = kept;
    }

    /// <summary>The gradient with respect to a tensor that came from <see cref="Tape.Watch(Tensor)"/> or was computed on the tape; of its shape.</summary>
    /// <param name="x">The tensor.</param>
    /// <exception cref="ArgumentException">The tensor is not on this tape.</exception>
    public Tensor this[Tensor x]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(x);
            if (!tape.IsTracked(x)) throw new ArgumentException("The tensor is not watched by the tape that these gradients come from.", nameof(x));
            return Own((x.Node < byNode.Length ? byNode[x.Node] : null) ?? Tensor.Zeros(x.Shape));
        }
    }

    /// <summary>The gradient with respect to a parameter; of its shape.</summary>
    /// <param name="parameter">The parameter.</param>
    public Tensor this[Parameter parameter]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(parameter);
            foreach ((ParameterSet set, _, Tensor[] places) in sets)
                if (set == parameter.Set) return Own(places[parameter.Index]);
            return Own(Tensor.Zeros(parameter.Shape));
        }
    }

    /// <summary>The gradients of a whole set in the layout of its flat buffer.</summary>
    /// <exception cref="ArgumentException">The tape watched none of its parameters: these are gradients of something else.</exception>
    internal Span<float> Flat(ParameterSet set)
    {
        foreach ((ParameterSet known, FlatBuffer flat, _) in sets)
            if (known == set) return flat.AsSpan();
        if (set.Count == 0) return default;
        throw new ArgumentException(
            $"The tape of these gradients watched none of the parameters, {set[0].Name} and others, so nothing would be learned: pass the tape, "
            + "model.Forward(x, tape), and use gradients and parameters of the same model.");
    }

    /// <summary>The state updates staged by the forward pass on the same tape.</summary>
    internal StagedState Staged => tape.StagedStates;

    /// <summary>Where the gradient of each parameter of a set goes: views of one flat buffer.</summary>
    internal Tensor[] PlacesOf(ParameterSet set)
    {
        foreach ((ParameterSet known, _, Tensor[] made) in sets)
            if (known == set) return made;
        return Make(set);
    }

    internal void Take(GradientPlaces filled, int count)
    {
        if (byNode.Length < count) byNode = new Tensor?[count];
        Array.Clear(byNode);
        for (int i = 0; i < count; i++) byNode[i] = filled[i];
    }

    private Tensor Own(Tensor gradient)
    {
        gradient.Owner = tape.GradientOwner;
        return gradient;
    }

    // Separate from the search, because a method with a closure allocates it at every call.
    private Tensor[] Make(ParameterSet set)
    {
        var flat = new FlatBuffer(set.Flat.Length, kept);
        Tensor[] places = [.. set.Select(p => new Tensor(p.Shape, flat.Array, flat.Offset + p.Offset))];
        sets.Add((set, flat, places));
        return places;
    }
}

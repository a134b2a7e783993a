using System.Runtime.CompilerServices;

namespace DeepLearning;

/// <summary>
/// Records the operations on the tensors and parameters it watches, in order, and runs them backward: reverse-mode differentiation by
/// the chain rule. Gradients are a returned value: there is nothing to zero and nothing to dispose. A tape is not thread-safe, and a loop creates one tape per
/// step: a tape keeps everything it has recorded until it is collected, so one used for many steps takes more memory and time at each.
/// There are no second derivatives: an operation on this tape that uses one of its gradients, or a value computed from one, throws. So does watching such a
/// value, or a tensor that another tape records; <see cref="Tensor.Clone"/> makes either a constant.
/// </summary>
/// <example>
/// <code>
/// var tape = new Tape();
/// Tensor x = tape.Watch(3f);
/// Tensor y = x * x;
/// float slope = (float)tape.Gradients(y)[x]; // 6
/// </code>
/// </example>
public sealed class Tape : ITensorOwner
{
    private readonly Workspace? workspace;
    private readonly bool records;
    private readonly List<WatchedParameters> watched = [];
    private readonly StagedState staged = new();
    private readonly GradientPlaces places;
    private Node[] nodes = [];
    private Tape? gradientOwner;
    private bool ownsGradients;
    private int count;

    /// <summary>An empty tape.</summary>
    public Tape() : this(null, records: true) { }

    private Tape(Workspace? workspace, bool records)
    {
        this.workspace = workspace;
        this.records = records;
        places = new GradientPlaces(this, workspace);
    }

    /// <summary>A tape for loops: after <see cref="Reset"/> it reuses the same tensors, records and gradients.</summary>
    /// <param name="records">False for inference: memory is reused, but nothing is recorded.</param>
    internal static Tape Recycling(bool records) => new(new Workspace(), records);

    /// <summary>
    /// Owner of the gradients that users get from this tape, and of everything computed from them: it records nothing, but identifies a gradient that is used
    /// on this tape. A separate object, so that no gradient keeps the tape alive.
    /// </summary>
    internal Tape GradientOwner => gradientOwner ??= new Tape(null, records: false) { ownsGradients = true };

    /// <summary>Returns a view of a tensor, on this tape, so that its gradient can be computed. The tensor itself stays off the tape.</summary>
    /// <param name="x">The tensor; its values must not change until the gradients are taken.</param>
    /// <exception cref="ArgumentException">The tensor has integers, which have no gradient.</exception>
    /// <exception cref="InvalidOperationException">
    /// A tape already records the tensor, or it was computed from a gradient of this tape: results computed from the view would have no gradient there.
    /// </exception>
    public Tensor Watch(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.IsInteger) throw new ArgumentException($"A tensor of integers, of shape {x.Shape}, has no gradient: use it as it is.", nameof(x));
        if (x.Owner is not null) RefuseOwnGradient(x.Owner);
        if (x.Node >= 0)
        {
            throw new InvalidOperationException(
                x.Owner == this
                    ? "The tensor is on this tape already, and has a gradient there: use it as it is. To start again from the same values, watch tensor.Clone()."
                    : "Another tape records this tensor, and no gradient would flow back to it: second derivatives are not supported. "
                        + "If it is meant as a constant there, watch tensor.Clone().");
        }

        Tensor view = ViewOf(x, x.Shape);
        if (records) view.Node = Append();
        return view;
    }

    /// <summary>A parameter's value as a tensor on this tape; repeated calls return the same tensor.</summary>
    /// <param name="parameter">The parameter; its values must not change until the gradients are taken.</param>
    public Tensor Watch(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ref Tensor? view = ref Watched(parameter.Set).Values[parameter.Index];
        return view ??= records ? Watch(parameter.Value) : Lasting(parameter.Value);
    }

    /// <summary>The value that a layer computes with: watched if it is trained; else a constant.</summary>
    internal Tensor ValueOf(Parameter parameter) => parameter.Trainable || !records ? Watch(parameter) : Constant(parameter.Value);

    /// <summary>The values of model states once the step is made.</summary>
    internal StagedState StagedStates => staged;

    /// <summary>The value of a state after the step; null if none was staged.</summary>
    internal Tensor? Staged(Parameter state) => staged[state];

    /// <summary>Stages the value of a state after the step.</summary>
    internal void Stage(Parameter state, Tensor value)
    {
        // A copy: the value may be a view of another state, or of a parameter, which the step changes.
        Tensor kept = Tensor.Allocate(workspace, value.Shape);
        value.AsReadOnlySpan().CopyTo(kept.AsSpan());
        staged.Set(state, kept);
    }

    /// <summary>The gradients of a single number, with respect to everything watched.</summary>
    /// <param name="loss">A tensor with one element, computed from what this tape watches.</param>
    /// <exception cref="ArgumentException">The tensor has several elements, or does not depend on anything watched.</exception>
    /// <exception cref="InvalidOperationException">The tensor was computed from this tape's own gradients: there are no second derivatives.</exception>
    public Gradients Gradients(Tensor loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (loss.Count != 1)
            throw new ArgumentException($"Gradients are taken of a single number, got shape {loss.Shape}; pass a seed for a vector–Jacobian product.", nameof(loss));
        return Backward(loss, null);
    }

    /// <summary>The vector–Jacobian product: the gradients of Σ seed·y, with respect to everything watched.</summary>
    /// <param name="y">A tensor computed from what this tape watches.</param>
    /// <param name="seed">The weight of each element of y; of y's shape.</param>
    /// <exception cref="ShapeMismatchException">The seed's shape is not y's.</exception>
    /// <exception cref="ArgumentException">y does not depend on anything watched.</exception>
    public Gradients Gradients(Tensor y, Tensor seed)
    {
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(seed);
        if (seed.Shape != y.Shape)
            throw new ShapeMismatchException($"The seed must have the shape of y, {y.Shape}, got {seed.Shape}.", nameof(seed));
        return Backward(y, seed);
    }

    /// <summary>The gradients that a recycling tape refills at each step; null before the first.</summary>
    internal Gradients? Kept { get; private set; }

    /// <summary>Memory for intermediate values, on no tape; null for fresh arrays.</summary>
    internal ITensorOwner? Scratch => workspace;

    /// <summary>Begins the next step of a recycling tape.</summary>
    internal void Reset()
    {
        workspace!.Reset();
        count = 0;
        staged.Clear();
        if (!records) return;
        foreach (WatchedParameters set in watched) Array.Clear(set.Values);
    }

    /// <summary>A tensor with the same values whose results take their memory from this tape, without a gradient.</summary>
    internal Tensor Constant(Tensor x) => ViewOf(x, x.Shape);

    /// <summary>The tape that an operation on these inputs belongs to; null if none of them is on one.</summary>
    /// <exception cref="InvalidOperationException">The inputs are watched by different tapes.</exception>
    internal static Tape? Of(Tensor a, Tensor? b = null, Tensor? c = null)
    {
        Tensor? tracked = null;
        ITensorOwner? owner = null;
        Consider(a, ref tracked, ref owner);
        if (b is not null) Consider(b, ref tracked, ref owner);
        if (c is not null) Consider(c, ref tracked, ref owner);
        return Unsafe.As<Tape?>(owner);
    }

    /// <summary>The tape that an operation on any number of inputs belongs to; null if none of them is on one.</summary>
    /// <exception cref="InvalidOperationException">The inputs are watched by different tapes.</exception>
    internal static Tape? Of(ReadOnlySpan<Tensor> inputs)
    {
        Tensor? tracked = null;
        ITensorOwner? owner = null;
        foreach (Tensor x in inputs) Consider(x, ref tracked, ref owner);
        return Unsafe.As<Tape?>(owner);
    }

    /// <summary>The operation that computed a tensor, if a tape recorded it; null for any other tensor.</summary>
    internal static Op? MakerOf(Tensor y) => y.Node >= 0 && y.Owner is Tape tape && !tape.nodes[y.Node].Leaf ? tape.nodes[y.Node].Op : null;

    /// <summary>Puts an operation's result on the tape. Null if no gradient flows through it, and nothing has to be kept.</summary>
    internal TOp? Record<TOp>(Tensor y, Tensor a, Tensor? b = null, Tensor? c = null) where TOp : Op, new()
        => records && (IsTracked(a) || IsTracked(b) || IsTracked(c)) ? Append<TOp>(y) : null;

    /// <summary>Puts the result of an operation on any number of inputs on the tape. Null if no gradient flows through it.</summary>
    internal TOp? Record<TOp>(Tensor y, ReadOnlySpan<Tensor> inputs) where TOp : Op, new()
    {
        if (!records) return null;
        foreach (Tensor x in inputs)
            if (IsTracked(x)) return Append<TOp>(y);
        return null;
    }

    /// <summary>Whether a gradient flows to this tensor.</summary>
    internal bool IsTracked(Tensor? x) => x is not null && x.Node >= 0 && x.Owner == this;

    Tensor ITensorOwner.Rent(ReadOnlySpan<int> dimensions)
    {
        Tensor tensor = workspace?.Rent(dimensions) ?? Tensor.Allocate(null, dimensions);
        tensor.Owner = this;
        return tensor;
    }

    Tensor ITensorOwner.RentView(Tensor source, ReadOnlySpan<int> dimensions) => ViewOf(source, dimensions);

    private Tensor ViewOf(Tensor source, ReadOnlySpan<int> dimensions)
    {
        Tensor view = workspace?.RentView(source, dimensions) ?? source.View(null, dimensions);
        view.Owner = this;
        return view;
    }

    /// <summary>A view that outlives <see cref="Reset"/>: without records it is the same in every step.</summary>
    private Tensor Lasting(Tensor value)
    {
        Tensor view = value.View(null, value.Shape);
        view.Owner = this;
        return view;
    }

    private static void Consider(Tensor x, ref Tensor? tracked, ref ITensorOwner? owner)
    {
        if (x.Node < 0)
        {
            if (owner is null) owner = x.Owner;
            else if (x.Owner is not null && Unsafe.As<Tape>(x.Owner).ownsGradients)
            {
                if (tracked is null) owner = x.Owner;
                else Unsafe.As<Tape>(owner).RefuseOwnGradient(x.Owner);
            }

            return;
        }

        if (owner is not null) Unsafe.As<Tape>(x.Owner!).RefuseOwnGradient(owner);
        if (tracked is not null && tracked.Owner != x.Owner)
            throw new InvalidOperationException("The operation mixes tensors of two tapes; watch them on one.");
        tracked = x;
        owner = x.Owner;
    }

    private void RefuseOwnGradient(ITensorOwner owner)
    {
        if (owner == gradientOwner)
            throw new InvalidOperationException(
                "A gradient, or a value computed from one, is used on the tape that produced it: second derivatives are not supported. " +
                "If it is meant as a constant, use gradient.Clone().");
    }

    private TOp Append<TOp>(Tensor y) where TOp : Op, new()
    {
        y.Node = Append();
        ref Node node = ref nodes[y.Node];
        node.Leaf = false;
        if (node.Op is TOp recycled) return recycled;
        var op = new TOp();
        node.Op = op;
        return op;
    }

    private int Append()
    {
        if (count == nodes.Length) Array.Resize(ref nodes, Math.Max(16, count * 2));
        nodes[count].Leaf = true;
        return count++;
    }

    private WatchedParameters Watched(ParameterSet set)
    {
        foreach (WatchedParameters candidate in watched)
            if (candidate.Set == set) return candidate;
        var added = new WatchedParameters(set);
        watched.Add(added);
        return added;
    }

    private Gradients Backward(Tensor y, Tensor? seed)
    {
        if (y.Owner is not null) RefuseOwnGradient(y.Owner);
        if (!IsTracked(y))
            throw new ArgumentException("The tensor does not depend on anything this tape watches; call Watch on the inputs, or Forward with this tape.", nameof(y));
        places.Reset(count);
        Gradients gradients = workspace is null ? new Gradients(this, kept: false) : Kept ??= new Gradients(this, kept: true);
        foreach (WatchedParameters set in watched)
        {
            Tensor[] own = gradients.PlacesOf(set.Set);
            for (int p = 0; p < own.Length; p++)
                if (set.Values[p] is { } value) places.Set(value.Node, own[p]);
        }

        places.Wants(y, out Span<float> dy, out _);
        if (seed is null) dy.Fill(1f);
        else seed.AsReadOnlySpan().CopyTo(dy);
        for (int i = y.Node; i >= 0; i--)
            if (!nodes[i].Leaf && places[i] is { } gradient) nodes[i].Op!.Backward(gradient, places);

        foreach (WatchedParameters set in watched)
        {
            Tensor[] own = gradients.PlacesOf(set.Set);
            for (int p = 0; p < own.Length; p++)
                if (set.Values[p] is not { } value || places[value.Node] is null) own[p].AsSpan().Clear();
        }

        gradients.Take(places, count);
        return gradients;
    }

    /// <summary>One tensor on the tape: a watched leaf, or the result of an operation.</summary>
    private struct Node
    {
        public Op? Op;
        public bool Leaf;
    }

    /// <summary>The tensors that represent a set's parameters on this tape.</summary>
    private sealed class WatchedParameters(ParameterSet set)
    {
        public ParameterSet Set { get; } = set;

        public Tensor?[] Values { get; } = new Tensor?[set.Count];
    }
}

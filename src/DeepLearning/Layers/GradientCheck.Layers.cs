using DeepLearning.Kernels;

namespace DeepLearning;

/// <content>Checks of whole layers. This file belongs to the layers, because differentiation itself does not know them.</content>
public static partial class GradientCheck
{
    /// <summary>
    /// Checks a layer, including a custom one: the gradients of its input and of each of its parameters, in training mode and with the default tolerance.
    /// </summary>
    /// <example><c>GradientCheck.Verify(new Dense(4), [3]);</c></example>
    /// <param name="layer">The layer; it is built alone, with its own parameters.</param>
    /// <param name="inputShape">The shape of one sample, without the batch.</param>
    /// <returns>The element nearest to its tolerance.</returns>
    /// <exception cref="GradientCheckException">A gradient is wrong; the message names the worst element.</exception>
    /// <exception cref="ShapeMismatchException">The layer cannot take this input, or its output has another shape than its
    /// <see cref="Layer.Build(Shape, LayerBuilder)"/> says.</exception>
    public static GradientCheckResult Verify(Layer layer, Shape inputShape) => Verify(layer, inputShape, DefaultTolerance);

    /// <summary>Checks a layer; throws if a gradient is wrong.</summary>
    /// <param name="layer">The layer; it is built alone, with its own parameters.</param>
    /// <param name="inputShape">The shape of one sample, without the batch.</param>
    /// <param name="tolerance">Allowed relative difference.</param>
    /// <param name="training">Whether layers such as dropout behave as in training; true by default.</param>
    /// <returns>The element nearest to its tolerance.</returns>
    /// <exception cref="GradientCheckException">A gradient is wrong; the message names the worst element.</exception>
    /// <exception cref="ShapeMismatchException">The layer cannot take this input, or its output has another shape than its
    /// <see cref="Layer.Build(Shape, LayerBuilder)"/> says.</exception>
    public static GradientCheckResult Verify(Layer layer, Shape inputShape, double tolerance, bool training = true)
        => Verify(layer, AwayFromZero(inputShape.Prepend(3)), tolerance, training);

    /// <summary>Checks a layer at a given input.</summary>
    /// <param name="layer">The layer; it is built alone, with its own parameters.</param>
    /// <param name="x">[batch, …input]; not changed. For indices, only the gradients of the parameters are checked.</param>
    /// <param name="tolerance">Allowed relative difference.</param>
    /// <param name="training">Whether layers such as dropout behave as in training; true by default.</param>
    /// <returns>The element nearest to its tolerance.</returns>
    /// <exception cref="GradientCheckException">A gradient is wrong; the message names the worst element.</exception>
    /// <exception cref="ShapeMismatchException">The layer cannot take this input, or its output has another shape than its
    /// <see cref="Layer.Build(Shape, LayerBuilder)"/> says.</exception>
    public static GradientCheckResult Verify(Layer layer, Tensor x, double tolerance = DefaultTolerance, bool training = true)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(x);
        var builder = new LayerBuilder();
        Shape output = layer.Build(x.Shape.WithoutFirst(), builder);
        var parameters = new ParameterSet([.. builder.Parameters.Select(p => (p.Name, p.Shape))]);
        for (int i = 0; i < parameters.Count; i++)
        {
            Span<float> values = parameters[i].Value.AsSpan();
            builder.Parameters[i].Initializer.Fill(values, parameters[i].Shape, new RandomStream(1, (uint)i));
            // Around zeros and ones, which hide a missing factor.
            Blocks.Copy(Tensor.RandomUniform(parameters[i].Shape, i + 2, -0.2f, 0.2f).AsReadOnlySpan(), values, accumulate: true);
        }

        var states = new ParameterSet([.. builder.States.Select(s => (s.Name, s.Shape))]);
        for (int i = 0; i < states.Count; i++)
            builder.States[i].Initializer.Fill(states[i].Value.AsSpan(), states[i].Shape, new RandomStream(1, (uint)(parameters.Count + i)));
        LayerParameter[] own = [.. parameters.Select(p => new LayerParameter(p.Name, p))], kept = [.. states.Select(s => new LayerParameter(s.Name, s))];
        Tensor point = x.Clone();
        var tape = new Tape();
        // Indices have no gradient: for a layer that takes them, only the parameters are checked.
        Tensor watched = x.IsInteger ? tape.Constant(point) : tape.Watch(point), y = Forward(watched, tape);
        if (y.Shape != output.Prepend(x.Shape[0]))
            throw new ShapeMismatchException(
                $"{layer} declares an output of {output.WithBatch()} for {x.Shape.WithoutFirst().WithBatch()}, but returned {y.Shape} for {x.Shape}.");
        Gradients gradients = tape.Gradients(y, Seed(y.Shape));
        var differences = new CentralDifferences(() => Forward(point, null), Seed(y.Shape));
        (string, Tensor, Tensor)[] inputs = x.IsInteger ? [] : [("input", point, gradients[watched])];
        return Passed(differences.Compare([.. inputs, .. parameters.Select(p => (p.Name, p.Value, gradients[p]))], tolerance));

        Tensor Forward(Tensor at, Tape? on) => layer.Forward(at, new LayerContext(own, kept, on, training, new RandomStream(1, uint.MaxValue)));
    }

    /// <summary>Values of ±0.25 to ±1.25, clear of the kink that many activations have at 0.</summary>
    private static Tensor AwayFromZero(Shape shape)
    {
        Tensor x = Tensor.RandomUniform(shape, seed: 20240301, -1f, 1f);
        Elementwise.Map(new Outward(0.25f), x.AsReadOnlySpan(), x.AsSpan());
        return x;
    }
}

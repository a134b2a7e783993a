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
    /// <exception cref="ShapeMismatchException">The layer cannot take this input, or its output shape is not the one from
    /// <see cref="Layer.Build(Shape, LayerBuilder)"/>.</exception>
    public static GradientCheckResult Verify(Layer layer, Shape inputShape) => Verify(layer, inputShape, DefaultTolerance);

    /// <summary>Checks a layer; throws if a gradient is wrong.</summary>
    /// <param name="layer">The layer; it is built alone, with its own parameters.</param>
    /// <param name="inputShape">The shape of one sample, without the batch.</param>
    /// <param name="tolerance">Allowed relative difference.</param>
    /// <param name="training">Whether layers such as dropout behave as in training; true by default.</param>
    /// <returns>The element nearest to its tolerance.</returns>
    /// <exception cref="GradientCheckException">A gradient is wrong; the message names the worst element.</exception>
    /// <exception cref="ShapeMismatchException">The layer cannot take this input, or its output shape is not the one from
    /// <see cref="Layer.Build(Shape, LayerBuilder)"/>.</exception>
    public static GradientCheckResult Verify(Layer layer, Shape inputShape, double tolerance, bool training = true)
        => Verify(layer, AwayFromZero(inputShape.Prepend(3)), tolerance, training);

    /// <summary>Checks a layer at a given input.</summary>
    /// <param name="layer">The layer; it is built alone, with its own parameters.</param>
    /// <param name="x">[batch, …input]; not changed. For indices, only the gradients of the parameters are checked.</param>
    /// <param name="tolerance">Allowed relative difference.</param>
    /// <param name="training">Whether layers such as dropout behave as in training; true by default.</param>
    /// <returns>The element nearest to its tolerance.</returns>
    /// <exception cref="GradientCheckException">A gradient is wrong; the message names the worst element.</exception>
    /// <exception cref="ShapeMismatchException">The layer cannot take this input, or its output shape is not the one from
    /// <see cref="Layer.Build(Shape, LayerBuilder)"/>.</exception>
    public static GradientCheckResult Verify(Layer layer, Tensor x, double tolerance = DefaultTolerance, bool training = true)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Verify(layer, [x], tolerance, training);
    }

    /// <summary>Checks a layer that takes several values, such as a <see cref="MergeLayer"/>.</summary>
    /// <example><c>GradientCheck.Verify(new Add(), [[4], [4]]);</c></example>
    /// <param name="layer">The layer; it is built alone, with its own parameters.</param>
    /// <param name="inputShapes">The shape of one sample of each value, without the batch.</param>
    /// <returns>The element nearest to its tolerance.</returns>
    /// <exception cref="GradientCheckException">A gradient is wrong; the message names the worst element.</exception>
    /// <exception cref="ShapeMismatchException">The layer cannot take these inputs, or its output shape is not the one it declares.</exception>
    public static GradientCheckResult Verify(Layer layer, IReadOnlyList<Shape> inputShapes)
    {
        ArgumentNullException.ThrowIfNull(inputShapes);
        // No two inputs have the same values, which would hide that a layer swaps them.
        return Verify(layer, [.. inputShapes.Select((shape, i) => AwayFromZero(shape.Prepend(3), i))]);
    }

    /// <summary>Checks a layer that takes several values at given inputs.</summary>
    /// <param name="layer">The layer; it is built alone, with its own parameters.</param>
    /// <param name="inputs">[batch, …input] each; not changed. For indices, only the gradients of the parameters are checked.</param>
    /// <param name="tolerance">Allowed relative difference.</param>
    /// <param name="training">Whether layers such as dropout behave as in training; true by default.</param>
    /// <returns>The element nearest to its tolerance.</returns>
    /// <exception cref="GradientCheckException">A gradient is wrong; the message names the worst element.</exception>
    /// <exception cref="ShapeMismatchException">The layer cannot take these inputs, or its output shape is not the one it declares.</exception>
    public static GradientCheckResult Verify(Layer layer, IReadOnlyList<Tensor> inputs, double tolerance = DefaultTolerance, bool training = true)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(inputs);
        Shape[] shapes = [.. inputs.Select(x => x.Shape.WithoutFirst())];
        var builder = new LayerBuilder();
        Shape output = shapes.Length == 1 ? layer.Build(shapes[0], builder) : layer.Build(shapes, builder);
        (ParameterSet trained, ParameterSet state) = (new ParameterSet(Declared(builder.Parameters)), new ParameterSet(Declared(builder.States)));
        int stream = 0;
        foreach ((Parameter parameter, DeclaredParameter declared) in trained.Concat(state).Zip(builder.Parameters.Concat(builder.States)))
            declared.Initializer.Fill(parameter.Value.AsSpan(), parameter.Shape, new RandomStream(1, (uint)stream++));
        // Around zeros and ones, which hide a missing factor.
        foreach (Parameter p in trained)
            Blocks.Copy(Tensor.RandomUniform(p.Shape, p.Index + 2, -0.2f, 0.2f).AsReadOnlySpan(), p.Value.AsSpan(), accumulate: true);
        LayerParameter[] own = Local(trained), kept = Local(state);
        Tensor[] points = [.. inputs.Select(x => x.Clone())];
        var tape = new Tape();
        // Indices have no gradient: for a layer that takes them, the parameters are checked.
        Tensor[] watched = Array.ConvertAll(points, x => x.IsInteger ? tape.Constant(x) : tape.Watch(x));
        Tensor y = Forward(watched, tape);
        if (y.Shape != output.Prepend(inputs[0].Shape[0]))
            throw new ShapeMismatchException(
                $"{layer} declares an output of {output.WithBatch()} for {string.Join(", ", shapes.Select(s => s.WithBatch()))}, but made {y.Shape} from "
                + $"{string.Join(", ", inputs.Select(x => x.Shape))}.");
        Gradients gradients = tape.Gradients(y, Seed(y.Shape));
        var differences = new CentralDifferences(() => Forward(points, null), Seed(y.Shape));
        IEnumerable<(string, Tensor, Tensor)> ofInputs = points.Select((x, i) => (points.Length == 1 ? "input" : $"input {i}", x, watched[i]))
            .Where(p => !p.x.IsInteger).Select(p => (p.Item1, p.x, gradients[p.Item3]));
        return Passed(differences.Compare([.. ofInputs, .. trained.Select(p => (p.Name, p.Value, gradients[p]))], tolerance));

        Tensor Forward(Tensor[] at, Tape? on)
        {
            var context = new LayerContext(own, kept, on, training, new RandomStream(1, uint.MaxValue));
            return at.Length == 1 ? layer.Forward(at[0], context) : layer.Forward(at, context);
        }
    }

    // As trainable, whatever the layer says: the gradients of frozen parameters are checked too.
    private static List<(string Name, Shape Shape, ParameterOptions? Options)> Declared(IReadOnlyList<DeclaredParameter> declared)
        => [.. declared.Select(p => (p.Name, p.Shape, (ParameterOptions?)null))];

    private static LayerParameter[] Local(ParameterSet set) => [.. set.Select(p => new LayerParameter(p.Name, p))];

    /// <summary>Values of ±0.25 to ±1.25, clear of the kink that many activations have at 0.</summary>
    private static Tensor AwayFromZero(Shape shape, int number = 0)
    {
        Tensor x = Tensor.RandomUniform(shape, seed: 20240301 + number, -1f, 1f);
        Elementwise.Map(new Outward(0.25f), x.AsReadOnlySpan(), x.AsSpan());
        return x;
    }
}

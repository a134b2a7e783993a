namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>All elements 0.</summary>
    /// <param name="shape">The shape, for example <c>[2, 3]</c>.</param>
    public static Tensor Zeros(Shape shape) => new(shape, new float[shape.Size]);

    /// <summary>All elements 1.</summary>
    /// <param name="shape">The shape, for example <c>[2, 3]</c>.</param>
    public static Tensor Ones(Shape shape) => Full(shape, 1);

    /// <summary>All elements the same.</summary>
    /// <param name="shape">The shape, for example <c>[2, 3]</c>.</param>
    /// <param name="value">Every element.</param>
    public static Tensor Full(Shape shape, double value)
    {
        float element = Setting.Single(value);
        Tensor tensor = Zeros(shape);
        tensor.AsSpan().Fill(element);
        return tensor;
    }

    /// <summary>A single number, of shape [].</summary>
    /// <param name="value">The number.</param>
    public static Tensor Scalar(double value) => new(Shape.Scalar, [Setting.Single(value)]);

    /// <summary>The identity matrix [size, size].</summary>
    /// <param name="size">Rows and columns.</param>
    public static Tensor Identity(int size)
    {
        Tensor tensor = Zeros([size, size]);
        for (int i = 0; i < size; i++) tensor.buffer[i * size + i] = 1f;
        return tensor;
    }

    /// <summary>The numbers start, start + step, … as a vector [count].</summary>
    /// <param name="count">How many, ≥ 0.</param>
    /// <param name="start">The first.</param>
    /// <param name="step">The difference between neighbours.</param>
    public static Tensor Range(int count, double start = 0, double step = 1)
    {
        float first = Setting.Single(start), distance = Setting.Single(step);
        Tensor tensor = Zeros([count]);
        for (int i = 0; i < count; i++) tensor.buffer[i] = first + i * distance;
        return tensor;
    }

    /// <summary>Uniform random numbers in [minimum, maximum): a function of the seed alone.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="seed">The same seed gives the same numbers on every machine.</param>
    /// <param name="minimum">Lower bound.</param>
    /// <param name="maximum">Upper bound, at least the lower one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The maximum is below the minimum, or their difference is not a finite float32.</exception>
    public static Tensor RandomUniform(Shape shape, Seed seed, double minimum = 0, double maximum = 1)
    {
        Tensor tensor = Zeros(shape);
        new RandomStream(seed).FillUniform(tensor.AsSpan(), minimum, maximum);
        return tensor;
    }

    /// <summary>Normal random numbers: a function of the seed alone.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="seed">The same seed gives the same numbers on every machine.</param>
    /// <param name="mean">Mean, finite.</param>
    /// <param name="standardDeviation">Standard deviation, finite and ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The mean is not finite, or the deviation negative or not finite.</exception>
    public static Tensor RandomNormal(Shape shape, Seed seed, double mean = 0, double standardDeviation = 1)
    {
        Tensor tensor = Zeros(shape);
        new RandomStream(seed).FillNormal(tensor.AsSpan(), mean, standardDeviation);
        return tensor;
    }

    /// <summary>Copies values, row-major, into a new tensor.</summary>
    /// <param name="values">As many as the shape has elements.</param>
    /// <param name="shape">The shape.</param>
    /// <exception cref="ShapeMismatchException">The number of values is wrong.</exception>
    public static Tensor From(ReadOnlySpan<float> values, Shape shape)
        => values.Length == shape.Size
            ? new Tensor(shape, values.ToArray())
            : throw new ShapeMismatchException($"Shape {shape} holds {shape.Size} values, got {values.Length}.", nameof(values));

    /// <summary>Copies values into a vector [n].</summary>
    /// <param name="values">The elements.</param>
    public static Tensor From(params ReadOnlySpan<float> values) => new([values.Length], values.ToArray());

    /// <summary>A single number as a tensor.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Tensor(double value) => Scalar(value);
}

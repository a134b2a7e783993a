namespace DeepLearning;

/// <summary>Initializes a parameter: a function of its shape and of its own random stream.</summary>
public abstract class Initializer
{
    /// <summary>Fills a parameter.</summary>
    /// <param name="values">All elements, row-major.</param>
    /// <param name="shape">The parameter's shape; a kernel is [inputs, units], or [places, …, inputs, units].</param>
    /// <param name="random">The random numbers of this parameter.</param>
    public abstract void Fill(Span<float> values, Shape shape, RandomStream random);

    /// <summary>
    /// The number of inputs per output, and of outputs per input. For a matrix [inputs, units], its dimensions; for a larger kernel [places, …, inputs, units],
    /// such as a convolution's, each times the number of places; n and n for a vector [n]; 1 and 1 for a single number.
    /// Keras: <c>compute_fans</c>.
    /// </summary>
    /// <param name="shape">The parameter's shape.</param>
    protected static (int FanIn, int FanOut) Fans(Shape shape)
    {
        if (shape.Rank < 2) return (shape.Size, shape.Size);
        int places = Broadcast.Product(shape.Dimensions[..^2]);
        return (places * shape[-2], places * shape[-1]);
    }
}

namespace DeepLearning;

/// <summary>Gives a parameter its first values: a function of its shape and of a random stream of its own.</summary>
public abstract class Initializer
{
    /// <summary>Fills a parameter.</summary>
    /// <param name="values">All elements, row-major.</param>
    /// <param name="shape">The parameter's shape; a kernel is [inputs, units], or [places, …, inputs, units].</param>
    /// <param name="random">Numbers of this parameter alone.</param>
    public abstract void Fill(Span<float> values, Shape shape, RandomStream random);

    /// <summary>
    /// How many inputs feed one output, and how many outputs one input feeds. Of a matrix [inputs, units] its dimensions; of a larger kernel
    /// [places, …, inputs, units], as of a convolution, each times the number of places; n and n for a vector [n]; 1 and 1 for a single number.
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

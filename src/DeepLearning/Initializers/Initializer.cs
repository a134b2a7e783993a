namespace DeepLearning;

/// <summary>Gives a parameter its first values: a function of its shape and of a random stream of its own.</summary>
public abstract class Initializer
{
    /// <summary>Fills a parameter.</summary>
    /// <param name="values">All elements, row-major.</param>
    /// <param name="shape">The parameter's shape; a kernel is [inputs, units].</param>
    /// <param name="random">Numbers of this parameter alone.</param>
    public abstract void Fill(Span<float> values, Shape shape, RandomStream random);

    /// <summary>How many inputs feed one output, and how many outputs one input feeds: the kernel's dimensions; both are n for a vector [n].</summary>
    protected static (int FanIn, int FanOut) Fans(Shape shape) => shape.Rank switch
    {
        0 => (1, 1),
        1 => (shape[0], shape[0]),
        _ => (shape.Count / Math.Max(1, shape[-1]), shape[-1]),
    };
}

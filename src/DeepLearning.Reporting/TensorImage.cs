using Spectre.Console;
using Spectre.Console.Rendering;

namespace DeepLearning.Reporting;

/// <summary>
/// A grey image in the terminal, two pixels per character: [height, width] or [height, width, 1]. In colour the greys are the values; in plain text a pixel is
/// inked if it is above the middle.
/// </summary>
public sealed class TensorImage : Renderable
{
    private readonly float[] pixels;
    private readonly int height;
    private readonly int width;

    /// <summary>A drawing of these values, copied.</summary>
    /// <param name="image">[height, width] or [height, width, 1].</param>
    /// <exception cref="ShapeMismatchException">Another shape.</exception>
    public TensorImage(Tensor image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Rank is not (2 or 3) || (image.Rank == 3 && image.Shape[2] != 1))
            throw new ShapeMismatchException($"An image is [height, width] or [height, width, 1], got {image.Shape}.", nameof(image));
        (height, width) = (image.Shape[0], image.Shape[1]);
        pixels = image.ToArray();
    }

    /// <summary>The value that is black; 0 by default.</summary>
    public float Minimum { get; init; }

    /// <summary>The value that is white; 1 by default.</summary>
    public float Maximum { get; init; } = 1f;

    /// <summary>The image in half blocks, without colour.</summary>
    public override string ToString() => PlainText.Of(this);

    /// <inheritdoc/>
    protected override Measurement Measure(RenderOptions options, int maxWidth) => new(width, width);

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        ArgumentNullException.ThrowIfNull(options);
        bool greys = options.Ansi && options.ColorSystem is not ColorSystem.NoColors;
        int columns = Math.Min(width, maxWidth);
        for (int row = 0; row < height; row += 2)
        {
            if (row > 0) yield return Segment.LineBreak;
            for (int column = 0; column < columns; column++)
            {
                float top = At(row, column), bottom = At(row + 1, column);
                yield return greys ? new Segment("▀", new Style(Grey(top), Grey(bottom))) : new Segment(Ink(top > 0.5f, bottom > 0.5f));
            }
        }

        yield return Segment.LineBreak;
    }

    /// <summary>A pixel in [0, 1]; black below an odd last row.</summary>
    private float At(int row, int column)
        => row >= height || Maximum == Minimum ? 0f : Math.Clamp((pixels[row * width + column] - Minimum) / (Maximum - Minimum), 0f, 1f);

    private static string Ink(bool top, bool bottom) => (top, bottom) switch
    {
        (true, true) => "█",
        (true, false) => "▀",
        (false, true) => "▄",
        _ => " ",
    };

    private static Color Grey(float value)
    {
        byte level = (byte)(255f * value);
        return new Color(level, level, level);
    }
}

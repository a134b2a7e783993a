namespace DeepLearning;

/// <summary>Draws strokes into one image of size × size, anti-aliased: a pixel's ink falls off with its distance to the nearest line.</summary>
internal sealed class DigitPen
{
    public const int Size = 28;
    private const int PiecesPerCurve = 6;
    private const float Far = 1e6f;

    private readonly float[] squaredDistances = new float[Size * Size];

    public void Clear() => Array.Fill(squaredDistances, Far);

    public void Line(ReadOnlySpan<(float X, float Y)> points, float reach)
    {
        for (int i = 1; i < points.Length; i++) Segment(points[i - 1], points[i], reach);
    }

    /// <summary>A Catmull–Rom spline through the points; its ends repeat.</summary>
    public void Curve(ReadOnlySpan<(float X, float Y)> points, float reach)
    {
        for (int i = 1; i < points.Length; i++)
        {
            (float X, float Y) a = points[Math.Max(i - 2, 0)], b = points[i - 1], c = points[i], d = points[Math.Min(i + 1, points.Length - 1)], last = b;
            for (int piece = 1; piece <= PiecesPerCurve; piece++)
            {
                float t = (float)piece / PiecesPerCurve;
                (float X, float Y) next = (Spline(a.X, b.X, c.X, d.X, t), Spline(a.Y, b.Y, c.Y, d.Y, t));
                Segment(last, next, reach);
                last = next;
            }
        }
    }

    /// <summary>Ink 1 within the radius of a line, falling to 0 over one pixel.</summary>
    public void Ink(Span<float> image, float radius)
    {
        for (int i = 0; i < image.Length; i++) image[i] = Math.Clamp(radius + 0.5f - MathF.Sqrt(squaredDistances[i]), 0f, 1f);
    }

    private static float Spline(float a, float b, float c, float d, float t)
        => b + 0.5f * t * (c - a + t * (2f * a - 5f * b + 4f * c - d + t * (3f * (b - c) + d - a)));

    private static int First(float from, float to, float reach) => Math.Max(0, (int)MathF.Floor(Math.Min(from, to) - reach));

    private static int Last(float from, float to, float reach) => Math.Min(Size - 1, (int)MathF.Ceiling(Math.Max(from, to) + reach));

    private void Segment((float X, float Y) from, (float X, float Y) to, float reach)
    {
        // Beyond its reach a line leaves no ink, so only the pixels of this box can change.
        int left = First(from.X, to.X, reach), right = Last(from.X, to.X, reach), top = First(from.Y, to.Y, reach), bottom = Last(from.Y, to.Y, reach);
        float dx = to.X - from.X, dy = to.Y - from.Y, scale = 1f / Math.Max(dx * dx + dy * dy, 1e-9f);
        for (int row = top; row <= bottom; row++)
        {
            for (int column = left; column <= right; column++)
            {
                float x = column - from.X, y = row - from.Y, t = Math.Clamp((x * dx + y * dy) * scale, 0f, 1f);
                float ex = x - t * dx, ey = y - t * dy, squared = ex * ex + ey * ey;
                ref float nearest = ref squaredDistances[row * Size + column];
                if (squared < nearest) nearest = squared;
            }
        }
    }
}

namespace DeepLearning;

/// <summary>
/// The ways to write each digit 0 … 9: a way is a list of strokes, a stroke a list of points in the box x ∈ [−0.6, 0.6], y ∈ [−1, 1] with y downward. A curved
/// stroke runs smoothly through its points, a straight one has corners.
/// </summary>
internal static class DigitGlyphs
{
    internal readonly record struct Stroke(bool Curved, (float X, float Y)[] Points);

    private static readonly Stroke[][][] Ways =
    [
        [
            [Curve((0, -1), (-0.45f, -0.6f), (-0.55f, 0), (-0.42f, 0.65f), (0, 1), (0.45f, 0.6f), (0.55f, 0), (0.42f, -0.65f), (0, -1))],
            [Curve((0.1f, -1), (-0.25f, -0.6f), (-0.32f, 0.1f), (-0.1f, 0.95f), (0.25f, 0.6f), (0.34f, -0.1f), (0.2f, -0.85f), (-0.1f, -0.9f))],
        ],
        [
            [Line((0, -1), (0, 1))],
            [Line((-0.35f, -0.6f), (0.05f, -1), (0.05f, 1))],
            [Line((-0.3f, -0.65f), (0, -1), (0, 1)), Line((-0.4f, 1), (0.4f, 1))],
        ],
        [
            [Curve((-0.5f, -0.6f), (-0.2f, -0.95f), (0.3f, -0.9f), (0.48f, -0.5f), (0.2f, 0.1f), (-0.55f, 0.95f)), Line((-0.55f, 0.95f), (0.6f, 0.92f))],
            [Curve((-0.5f, -0.7f), (0, -1), (0.45f, -0.6f), (0.2f, 0.1f), (-0.35f, 0.85f), (-0.55f, 0.6f), (-0.25f, 0.5f), (0.1f, 0.85f), (0.6f, 0.8f))],
        ],
        [
            [
                Curve((-0.5f, -0.75f), (0, -1), (0.45f, -0.6f), (0.2f, -0.12f), (-0.15f, -0.05f)),
                Curve((-0.15f, -0.05f), (0.35f, 0.05f), (0.52f, 0.5f), (0.1f, 0.97f), (-0.52f, 0.75f)),
            ],
            [Line((-0.48f, -0.95f), (0.45f, -0.95f), (-0.05f, -0.2f)), Curve((-0.05f, -0.2f), (0.45f, 0.05f), (0.45f, 0.6f), (0, 0.97f), (-0.5f, 0.7f))],
        ],
        [
            [Line((-0.4f, -0.9f), (-0.5f, 0.15f), (0.6f, 0.15f)), Line((0.28f, -0.7f), (0.2f, 1))],
            [Line((0.3f, 1), (0.3f, -0.95f), (-0.55f, 0.35f), (0.6f, 0.35f))],
            [Curve((-0.45f, -0.9f), (-0.45f, -0.2f), (-0.1f, 0.05f), (0.4f, -0.1f)), Line((0.45f, -0.95f), (0.35f, 1))],
        ],
        [
            [
                Line((0.5f, -0.95f), (-0.38f, -0.95f), (-0.45f, -0.15f)),
                Curve((-0.45f, -0.15f), (0.05f, -0.3f), (0.5f, 0.15f), (0.35f, 0.75f), (-0.1f, 0.97f), (-0.52f, 0.75f)),
            ],
            [Curve((0.5f, -0.95f), (-0.2f, -0.9f), (-0.42f, -0.35f), (0.1f, -0.05f), (0.42f, 0.4f), (0.05f, 0.95f), (-0.5f, 0.85f))],
        ],
        [
            [Curve((0.35f, -0.95f), (-0.2f, -0.5f), (-0.48f, 0.25f), (-0.2f, 0.92f), (0.3f, 0.85f), (0.45f, 0.4f), (0.1f, 0.08f), (-0.42f, 0.45f))],
            [Curve((-0.1f, -1), (-0.4f, -0.2f), (-0.4f, 0.6f), (0, 0.95f), (0.38f, 0.65f), (0.2f, 0.3f), (-0.38f, 0.5f))],
        ],
        [
            [Line((-0.5f, -0.92f), (0.5f, -0.92f), (-0.1f, 1))],
            [Line((-0.5f, -0.92f), (0.5f, -0.92f), (-0.1f, 1)), Line((-0.25f, 0.05f), (0.45f, 0.05f))],
            [Curve((-0.52f, -0.65f), (-0.4f, -0.92f), (0.1f, -0.85f), (0.5f, -0.9f), (0.25f, -0.2f), (0.05f, 1))],
        ],
        [
            [
                Curve((0.42f, -0.7f), (0, -1), (-0.4f, -0.65f), (0, -0.08f), (0.45f, 0.5f), (0, 1), (-0.45f, 0.5f), (0, -0.08f), (0.4f, -0.5f), (0.42f, -0.7f)),
            ],
            [
                Curve((0, -1), (-0.36f, -0.55f), (0, -0.08f), (0.36f, -0.55f), (0, -1)),
                Curve((0, -0.08f), (-0.45f, 0.48f), (0, 1), (0.45f, 0.48f), (0, -0.08f)),
            ],
        ],
        [
            [Curve((0.4f, -0.65f), (0, -0.98f), (-0.42f, -0.5f), (-0.1f, -0.05f), (0.4f, -0.5f)), Line((0.42f, -0.7f), (0.3f, 1))],
            [Curve((0.42f, -0.5f), (0.05f, -0.97f), (-0.42f, -0.55f), (0, -0.08f), (0.42f, -0.5f), (0.38f, 0.3f), (0.05f, 0.95f), (-0.45f, 0.8f))],
        ],
    ];

    /// <summary>The ways to write a digit.</summary>
    public static Stroke[][] Of(int digit) => Ways[digit];

    private static Stroke Curve(params (float X, float Y)[] points) => new(true, points);

    private static Stroke Line(params (float X, float Y)[] points) => new(false, points);
}

namespace DeepLearning.Reporting;

/// <summary>A grid of characters of 2 × 4 dots each, for drawing lines in a terminal.</summary>
internal sealed class BrailleCanvas(int columns, int rows)
{
    private const char Blank = '\u2800';
    private readonly byte[] cells = new byte[columns * rows];

    // Unicode numbers the dots of a cell down the left column, then the right one; the fourth row was added later.
    private static readonly byte[,] Dots = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    public int DotColumns => 2 * columns;

    public int DotRows => 4 * rows;

    /// <summary>The character at a position; a space if there is no dot.</summary>
    public char this[int column, int row] => cells[row * columns + column] is 0 ? ' ' : (char)(Blank + cells[row * columns + column]);

    /// <summary>A straight line of dots, ends included; y downward.</summary>
    public void Line(int x0, int y0, int x1, int y1)
    {
        int steps = Math.Max(Math.Max(Math.Abs(x1 - x0), Math.Abs(y1 - y0)), 1);
        for (int i = 0; i <= steps; i++)
        {
            int x = (int)Math.Round(x0 + (x1 - x0) * (double)i / steps), y = (int)Math.Round(y0 + (y1 - y0) * (double)i / steps);
            cells[y / 4 * columns + x / 2] |= Dots[y % 4, x % 2];
        }
    }
}

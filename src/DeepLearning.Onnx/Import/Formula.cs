using System.Globalization;

namespace DeepLearning.Onnx;

/// <summary>
/// A formula of one variable as a sum of products of x and of functions of formulas: the same formula has the same terms, however it was spelled.
/// Formulas that share a <see cref="Vocabulary"/> can be compared.
/// </summary>
internal sealed class Formula
{
    private const int MostTerms = 32, MostFactors = 8;

    /// <summary>The coefficient of each product; a product is the numbers of its factors in order, with points between them.</summary>
    private readonly SortedDictionary<string, double> terms = new(StringComparer.Ordinal);

    private Formula()
    {
    }

    public static Formula X { get; } = Term("0", 1);

    public static Formula Constant(double value) => Term("", value);

    /// <summary>Its value if it is constant, otherwise null.</summary>
    public double? Number => terms.Count == 0 ? 0 : terms.Count == 1 && terms.TryGetValue("", out double value) ? value : null;

    /// <summary>Its factor, if it is a single one; otherwise null.</summary>
    public int? Single => terms.Count == 1 && terms.First() is { Value: 1, Key: var key } && key.Length > 0 && !key.Contains('·', StringComparison.Ordinal)
        ? int.Parse(key, CultureInfo.InvariantCulture)
        : null;

    public static Formula Factor(int number) => Term(number.ToString(CultureInfo.InvariantCulture), 1);

    public static Formula operator +(Formula a, Formula b)
    {
        var sum = new Formula();
        foreach ((string key, double value) in a.terms) sum.Add(key, value);
        foreach ((string key, double value) in b.terms) sum.Add(key, value);
        return sum;
    }

    public static Formula operator *(Formula a, Formula b)
    {
        var product = new Formula();
        foreach ((string left, double m) in a.terms)
            foreach ((string right, double n) in b.terms) product.Add(Joined(left, right), m * n);
        return product;
    }

    public static Formula operator *(Formula a, double factor) => a * Constant(factor);

    public static Formula operator -(Formula a, Formula b) => a + b * -1;

    /// <summary>Whether it has grown beyond what any activation needs.</summary>
    public bool IsTooLarge => terms.Count > MostTerms || terms.Keys.Any(k => Factors(k).Length > MostFactors);

    /// <summary>
    /// Whether two formulas are the same up to the rounding of their constants. A term that only one of them has must be small enough to be a sum's rounding
    /// error.
    /// </summary>
    public bool IsCloseTo(Formula other)
        => (this - other).terms.All(t => terms.TryGetValue(t.Key, out double a) && other.terms.TryGetValue(t.Key, out double b)
            ? Math.Abs(t.Value) <= 1e-5 * Math.Min(Math.Abs(a), Math.Abs(b))
            : Math.Abs(t.Value) <= 1e-12);

    private static Formula Term(string key, double value)
    {
        var term = new Formula();
        term.Add(key, value);
        return term;
    }

    private static string Joined(string left, string right) => string.Join('·', Factors(left).Concat(Factors(right)).Order(StringComparer.Ordinal));

    private static string[] Factors(string key) => key.Split('·', StringSplitOptions.RemoveEmptyEntries);

    private void Add(string key, double value)
    {
        double sum = terms.GetValueOrDefault(key) + value;
        if (sum == 0) terms.Remove(key);
        else terms[key] = sum;
    }
}

namespace DeepLearning.Tracking;

/// <summary>
/// The names of metrics, parameters and tags that MLflow reads from files: letters, digits, and <c>/ _ . - space</c>, which must be a path of itself
/// (mlflow/utils/validation.py). It refuses a whole run with another.
/// </summary>
internal static class MLflowName
{
    private const int Longest = 250;

    /// <exception cref="ArgumentException">MLflow would refuse the name.</exception>
    public static void Require(string name, string what)
    {
        bool known = name.All(c => char.IsLetterOrDigit(c) || c is '/' or '_' or '.' or '-' or ' ');
        bool path = name.Split('/').All(part => part is not ("" or "." or ".."));
        if (known && path && name.Length <= Longest) return;
        throw new ArgumentException(
            $"MLflow would refuse the {what} '{name}': a name has up to {Longest} letters, digits, '_', '.', '-', ' ' and '/' between two parts.");
    }
}

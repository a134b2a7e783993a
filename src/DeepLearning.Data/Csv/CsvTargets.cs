namespace DeepLearning.Data;

/// <summary>What the target column of a table holds.</summary>
public enum CsvTargets
{
    /// <summary>
    /// Names or numbers of classes: targets are labels [n], and the data set keeps the class names. One number in two spellings ("1" and "1.0")
    /// is refused, and so are names that differ only in case, invisible characters or Unicode composition, unless
    /// <see cref="CsvOptions.ClassNames"/> lists them.
    /// </summary>
    Classes,

    /// <summary>Numbers to predict: targets are values [n, 1], each the nearest float32.</summary>
    Values,
}

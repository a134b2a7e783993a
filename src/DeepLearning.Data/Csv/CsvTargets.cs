namespace DeepLearning.Data;

/// <summary>What the target column of a table holds.</summary>
public enum CsvTargets
{
    /// <summary>Names or numbers of classes: targets are labels [n], and the data set keeps the class names.</summary>
    Classes,

    /// <summary>Numbers to predict: targets are values [n, 1].</summary>
    Values,
}

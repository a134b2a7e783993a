using System.Globalization;
using System.Runtime.CompilerServices;

namespace DeepLearning.Tests;

/// <summary>Messages quote numbers in the user's culture; the tests expect a decimal point wherever they run.</summary>
internal static class InvariantCulture
{
    [ModuleInitializer]
    internal static void Set() => CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
}
